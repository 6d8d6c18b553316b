import type { ContactCoverage as Coverage } from "@ringfence/services/do-not-call/registry";
import { useTranslations } from "next-intl";
import { Empty } from "@/components/empty";
import { LocalTime } from "@/components/local-time";
import { Section } from "@/components/section";
import { ContactCoverageTable } from "./contact-coverage-table";

/** Which contacts cannot be called, as no fresh registry says that they may be. */
export function ContactCoverage({ coverage }: { coverage: Coverage }) {
  const t = useTranslations("contactCoverage");
  const { countedAt, places, unknown } = coverage;
  if (countedAt === null) {
    return (
      <Section title={t("title")}>
        <Empty title={t("uncounted")}>{t("uncountedBody")}</Empty>
      </Section>
    );
  }
  return (
    <Section
      title={t("title")}
      aside={t.rich("counted", { time: () => <LocalTime key="at" instant={countedAt} /> })}
    >
      {unknown > 0 && <p className="pt-3 text-refuse">{t("unknown", { count: unknown })}</p>}
      {places.length === 0 ? (
        <Empty title={t("none")}>{t("noneBody")}</Empty>
      ) : (
        <>
          <ContactCoverageTable places={places} />
          <p className="max-w-[46rem] pt-2 text-sm text-muted">{t("means")}</p>
        </>
      )}
    </Section>
  );
}
