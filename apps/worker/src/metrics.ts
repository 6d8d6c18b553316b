import type { Db } from "@ringfence/db";
import { readBacklog } from "@ringfence/services/desk/backlog";
import { createProcessMetrics } from "@ringfence/services/platform/metrics";
import { Counter, Gauge, Histogram } from "prom-client";

const BUCKETS_SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 300, 1_800, 7_200];

/** Creates the metrics of a worker and its jobs. They contain nothing about a person or an organization. */
export function createMetrics(db: Db) {
  const registry = createProcessMetrics(db);
  const registers = [registry];
  const durations = new Histogram({
    name: "ringfence_job_duration_seconds",
    help: "How long jobs took, by name and outcome.",
    labelNames: ["job", "outcome"],
    buckets: BUCKETS_SECONDS,
    registers,
  });
  const faults = new Counter({
    name: "ringfence_backlog_faults_total",
    help: "Times at which the backlog could not be read; its figures are missing then.",
    registers,
  });
  const createGauge = <Label extends string>(name: string, help: string, ...labels: Label[]) =>
    new Gauge({ name: `ringfence_${name}`, help, labelNames: labels, registers });
  const waiting = createGauge(
    "jobs_waiting",
    "Jobs that could run and do not yet, by name.",
    "job",
  );
  const oldest = createGauge(
    "jobs_oldest_seconds",
    "For how long the oldest of these jobs has waited.",
    "job",
  );
  const failed = createGauge(
    "jobs_given_up",
    "Jobs that failed at their last attempt, by name.",
    "job",
  );
  const unsequenced = createGauge(
    "ledger_unsequenced_seconds",
    "Age of the oldest statement without a position in the ledger.",
  );
  const registries = createGauge(
    "registry_age_seconds",
    "Time since a connected registry was last read; infinite if never.",
    "registry",
  );

  const refresh = async () => {
    for (const gauge of [waiting, oldest, failed, unsequenced, registries]) gauge.reset();
    const backlog = await readBacklog(db);
    for (const { name, ...jobs } of backlog.jobs) {
      waiting.set({ job: name }, jobs.waiting);
      oldest.set({ job: name }, jobs.oldestSeconds);
      failed.set({ job: name }, jobs.failed);
    }
    unsequenced.set(backlog.unsequencedSeconds);
    for (const { code, ageSeconds } of backlog.registries)
      registries.set({ registry: code }, ageSeconds ?? Number.POSITIVE_INFINITY);
  };

  return {
    contentType: registry.contentType,
    /** Reads the backlog and returns all metrics. Without the database, those of the process alone. */
    async read(): Promise<string> {
      await refresh().catch(() => {
        unsequenced.set(Number.NaN);
        faults.inc();
      });
      return registry.metrics();
    },
    /** Measures a job. Its error is thrown on. */
    async measure(job: string, work: () => Promise<void>): Promise<void> {
      const end = durations.startTimer({ job });
      try {
        await work();
        end({ outcome: "done" });
      } catch (error) {
        end({ outcome: "failed" });
        throw error;
      }
    },
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
