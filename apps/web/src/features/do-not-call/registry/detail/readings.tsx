import { fromStoredMessage } from "@ringfence/core/platform/message";
import type { RegistryOverview } from "@ringfence/services/do-not-call/registry";
import type { RunView } from "@ringfence/services/platform/run";
import { useFormatter, useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { LocalTime } from "@/components/dates";
import { MessageText } from "@/components/message-text";
import { CancelReading, ReadingProgress } from "../reading";
import { isOpen, runSeconds, runStatus } from "../words";
import { Badge } from "@/components/badge";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/format-time";
import { z } from "zod";

type RegistryStateProps = {
  registry: RegistryOverview;
  /** Why the member may not cancel a reading. */
  whyNot: string | undefined;
};

/** Shows the running reading, or why the last one failed. */
export function RegistryState({ registry, whyNot }: RegistryStateProps) {
  const { run } = registry;
  if (run === null) return null;
  if (isOpen(run)) {
    return (
      <>
        <ReadingProgress run={run}>
          {run.error && <MessageText message={fromStoredMessage(run.error)} />}
        </ReadingProgress>
        <div>
          <CancelReading registryId={registry.id} whyNot={whyNot} />
        </div>
      </>
    );
  }
  return run.status === "failed" ? <FailedReading run={run} registry={registry} /> : null;
}

function FailedReading({ run, registry }: { run: RunView; registry: RegistryOverview }) {
  const t = useTranslations("registry");
  return (
    <Banner tone="bad" title={t("failed")}>
      <p>{run.error && <MessageText message={fromStoredMessage(run.error)} />}</p>
      <p>
        {run.endedAt && <LocalTime instant={run.endedAt} />}
        {". "}
        {t(registry.edition ? "failedKept" : "failedNone")}
      </p>
    </Banner>
  );
}

/** Lists the readings of a registry with their durations and results. */
export function RunTable({ runs }: { runs: readonly RunView[] }) {
  const t = useTranslations("readings");
  const format = useFormatter();
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  const columns: [Column<RunView>, ...Column<RunView>[]] = [
    {
      key: "began",
      head: t("began", { zone }),
      cell: ({ createdAt, startedAt }) => (
        <LocalTime instant={startedAt ?? createdAt} precision="cell" />
      ),
    },
    { key: "status", head: t("status"), cell: (run) => <Badge status={runStatus(run)} /> },
    {
      key: "outcome",
      head: t("outcome"),
      narrow: "full",
      cell: (run) =>
        run.error ? (
          <MessageText message={fromStoredMessage(run.error)} />
        ) : (
          <RunOutcome run={run} />
        ),
    },
    {
      key: "took",
      head: t("took"),
      narrow: t("took"),
      isFigure: true,
      cell: (run) => {
        const seconds = runSeconds(run);
        return seconds !== null && format.number(seconds, { style: "unit", unit: "second" });
      },
    },
  ];
  return (
    <Table
      isStack
      caption={t("caption", { zone })}
      columns={columns}
      rows={runs}
      rowKey={({ id }) => id}
    />
  );
}

/** Result of a reading, as its job records it. */
const Outcome = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("unchanged"), answered: z.number().optional() }),
  z.object({
    outcome: z.enum(["applied", "held", "rejected"]),
    added: z.number(),
    removed: z.number(),
    /** Numbers that were answered about in this reading, for a registry that is asked number by number. */
    answered: z.number().optional(),
  }),
]);

/** Puts the result of a reading into words. */
function RunOutcome({ run }: { run: Pick<RunView, "outcome" | "status"> }) {
  const t = useTranslations("readings");
  if (run.status === "canceled") return t("canceled");
  const result = Outcome.safeParse(run.outcome).data;
  if (result === undefined) return null;
  if (result.answered !== undefined) return t("answered", { count: result.answered });
  if (result.outcome === "unchanged") return t("unchanged");
  return t(result.outcome, { added: result.added, removed: result.removed });
}
