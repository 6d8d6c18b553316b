import type { ImportView } from "@ringfence/services/desk/import";
import { useTranslations } from "next-intl";
import { RunFailed } from "@/components/progress";
import { z } from "zod";
import type { ImportCounts } from "@ringfence/core/desk/import";
import { Banner } from "@/components/banner";
import { ImportProgress } from "./import-progress";
import { ButtonLink } from "@/components/buttons";
import { ProvenDownload } from "@/components/proven-download";
import { Facts, Section } from "@/components/page-layout";
import { ByteSize, Count } from "@/components/numbers";
import { LocalTime } from "@/components/dates";

/** Shows the progress of an import, its result, or why it failed. */
export function ImportState({ view }: { view: ImportView }) {
  const t = useTranslations("import");
  if (view.run === null) return null;
  const { status, error } = view.run;
  if (status === "done") return <ImportOutcome view={view} />;
  if (status !== "failed") return <ImportProgress view={view} />;
  return (
    <RunFailed title={t("failed")} error={error}>
      {t("failedBody")}
    </RunFailed>
  );
}

const Counts = z.object({
  rows: z.number(),
  created: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  rejected: z.number(),
  noted: z.number(),
});

/** Shows the result of an import, with a link to the rows to fix. */
function ImportOutcome({ view: { id, kind, run, isDryRun } }: { view: ImportView }) {
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
              <ProvenDownload href={`/api/imports/${id}/remarks`}>
                {t("toMend", { count: toMend })}
              </ProvenDownload>
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

/** Describes a file: its kind, size and upload time. */
export function ImportNote({ view: { kind, bytes, createdAt } }: { view: ImportView }) {
  const t = useTranslations("imports");
  return (
    <>
      {t(`kinds.${kind}`)}, <ByteSize bytes={bytes} />, <LocalTime instant={createdAt} />
    </>
  );
}

const kept = ["created", "updated", "unchanged", "rejected"] as const;

/** Shows the number of rows by result. */
export function ImportCountFacts({ counts }: { counts: ImportCounts }) {
  const t = useTranslations("import.counts");
  return (
    <div className="max-w-[26rem]">
      <Facts
        facts={[
          { name: t("rows"), value: <Count value={counts.rows} /> },
          ...kept.map((status) => ({ name: t(status), value: <Count value={counts[status]} /> })),
          ...(counts.noted > 0
            ? [{ name: t("noted"), value: <Count value={counts.noted} />, notes: [t("notedNote")] }]
            : []),
        ]}
      />
    </div>
  );
}
