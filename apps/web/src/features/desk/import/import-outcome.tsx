import type { ImportView } from "@ringfence/services/desk/import";
import { useTranslations } from "next-intl";
import { z } from "zod";
import { Banner } from "@/components/banner";
import { ButtonLink } from "@/components/button-link";
import { DownloadLink } from "@/components/download-link";
import { Section } from "@/components/section";
import { ImportCountFacts } from "./import-count-facts";

const Counts = z.object({
  rows: z.number(),
  created: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  rejected: z.number(),
  noted: z.number(),
});

/** What became of every row, and the rows to mend. */
export function ImportOutcome({ view: { id, kind, run, isDryRun } }: { view: ImportView }) {
  const t = useTranslations("import");
  const counts = Counts.parse(run?.outcome);
  const toMend = counts.rejected + counts.noted;
  return (
    <>
      <Banner
        tone={counts.rejected > 0 ? "care" : "plain"}
        title={t(isDryRun ? "triedAll" : "done", counts)}
        actions={
          <>
            {toMend > 0 && (
              <DownloadLink href={`/api/imports/${id}/remarks`}>
                {t("toMend", { count: toMend })}
              </DownloadLink>
            )}
            {!isDryRun && kind === "contacts" && (
              <ButtonLink href="/contacts">{t("see.contacts")}</ButtonLink>
            )}
            {!isDryRun && kind === "opt_outs" && (
              <ButtonLink href="/opt-outs">{t("see.opt_outs")}</ButtonLink>
            )}
          </>
        }
      >
        {t(isDryRun ? "triedBody" : toMend > 0 ? "mendBody" : "doneBody")}
      </Banner>
      {!isDryRun && (
        <Section title={t("rows")}>
          <ImportCountFacts counts={counts} />
        </Section>
      )}
    </>
  );
}
