import type { Db } from "@ringfence/db";
import type { Verdict } from "@ringfence/core/calling/screening";
import { createProcessMetrics } from "@ringfence/services/platform/metrics";
import { Counter, Histogram } from "prom-client";

const BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Creates the metrics of this process and its answers. They contain nothing about a person. */
export function createMetrics(db: Pick<Db, "pool">) {
  const registry = createProcessMetrics(db);
  const registers = [registry];
  const durations = new Histogram({
    name: "http_request_duration_seconds",
    help: "How long requests took, by route and status.",
    labelNames: ["method", "route", "status"],
    buckets: BUCKETS_SECONDS,
    registers,
  });
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
