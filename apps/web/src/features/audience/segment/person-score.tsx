import type { explainPerson } from "@ringfence/services/audience/segment";
import { useTranslations } from "next-intl";
import { Section } from "@/components/section";

type Explained = Awaited<ReturnType<typeof explainPerson>>;

/** How likely a person is to accept a call, and by what that differs from others. */
export function PersonScore({ score }: Pick<Explained, "score">) {
  const t = useTranslations("segmentPerson");
  if (score === null) {
    return (
      <Section title={t("relevance")}>
        <p className="pt-2.5 text-muted">{t("noScore")}</p>
      </Section>
    );
  }
  const { chance, drivers, isLearned } = score;
  return (
    <Section title={t("relevance")} aside={t(isLearned ? "byModel" : "byDocumented")}>
      <p className="pt-2.5">{t("chance", { chance })}</p>
      {drivers.length === 0 ? (
        <p className="text-muted">{t("usual")}</p>
      ) : (
        <ul className="list-disc ps-5 pt-1">
          {drivers.map((driver) => (
            <li key={driver}>{driver}</li>
          ))}
        </ul>
      )}
    </Section>
  );
}
