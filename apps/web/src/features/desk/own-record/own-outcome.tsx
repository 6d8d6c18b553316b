import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";

type OwnOutcomeProps = {
  /** Of the page: what has just been done, by its name. */
  query: object;
  /** What was wrong with a complaint. */
  fault: string | undefined;
  hasDraft: boolean;
};

/** What came of what a person has just done, while their record is open. */
export function OwnOutcome({ query, fault, hasDraft }: OwnOutcomeProps) {
  const t = useTranslations("ownRecord");
  const done = (["complained", "taken"] as const).filter((key) => key in query);
  return (
    <>
      {done.map((key) => (
        <output key={key}>
          <Banner title={t(key)} />
        </output>
      ))}
      {"kept" in query && <Banner tone="bad" role="alert" title={t("notTakenOpen")} />}
      {fault && <Banner tone="bad" role="alert" title={fault} />}
      {hasDraft && <Banner title={t("draftBack")} />}
    </>
  );
}
