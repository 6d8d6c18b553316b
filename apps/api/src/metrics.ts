import type { Db } from "@ringfence/db";
import type { Verdict } from "@ringfence/core/calling/screening";
import { createProcessMetrics, createRequestDurations } from "@ringfence/services/platform/metrics";
import { Counter } from "prom-client";

/** Creates the metrics of this process and its answers. They contain nothing about a person. */
export function createMetrics(db: Pick<Db, "pool">) {
  const registry = createProcessMetrics(db);
  const registers = [registry];
  const durations = createRequestDurations(registry);
  const verdicts = new Counter({
    name: "ringfence_screenings_total",
    help: "Screenings that were answered, by verdict.",
    labelNames: ["verdict"],
    registers,
  });
  const refusals = new Counter({
    name: "ringfence_refusals_total",
    help: "Reasons for which screenings refused.",
    labelNames: ["reason"],
    registers,
  });

  /** Counts a verdict, whether the screening was live or a what-if. */
  const countScreening = (answer: Pick<Verdict, "verdict" | "refusals">) => {
    verdicts.inc({ verdict: answer.verdict });
    for (const { reason } of answer.refusals) refusals.inc({ reason });
  };
  return { registry, durations, countScreening };
}

export type Metrics = ReturnType<typeof createMetrics>;
