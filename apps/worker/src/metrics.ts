import type { Db } from "@ringfence/db";
import { readBacklog } from "@ringfence/services/desk/backlog";
import type { DeliveryMessage } from "@ringfence/services/do-not-call/endpoint";
import {
  type MetricsPage,
  createProcessMetrics,
  readMetrics,
} from "@ringfence/services/platform/metrics";
import { type TraceIds, readTraceIds } from "@ringfence/services/platform/tracing";
import type { MeasuredJob } from "./measured-job.ts";
import { Counter, Gauge, Histogram, type Registry } from "prom-client";

const BUCKETS_SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 300, 1_800, 7_200];

/** From a second to the three days after which a delivery is given up. The objective is a minute. */
const DELIVERY_BUCKETS_SECONDS = [
  1, 2, 5, 10, 20, 30, 45, 60, 90, 120, 300, 900, 3_600, 14_400, 86_400, 259_200,
];

type EndpointKind = DeliveryMessage["kind"];
const endpointKinds: readonly EndpointKind[] = ["webhook", "vicidial", "bitrix24", "sftp"];

/**
 * Creates the metrics of a worker and its jobs. They contain nothing about a person or an organization. `copyDelaySeconds`
 * is given in the worker that keeps the copy of opt-outs.
 */
export function createMetrics(db: Db, copyDelaySeconds?: () => number) {
  const registry = createProcessMetrics(db);
  const registers = [registry];
  const durations = new Histogram({
    name: "ringfence_job_duration_seconds",
    help: "How long jobs took, by name and outcome.",
    labelNames: ["job", "outcome"],
    buckets: BUCKETS_SECONDS,
    registers,
  });
  const refusalDeliveries = new Histogram<"kind" | keyof TraceIds>({
    name: "ringfence_refusal_delivery_seconds",
    help: "Time from the acknowledgement of a refusal to its first delivery at a webhook or dialer, by their kind.",
    labelNames: ["kind"],
    buckets: DELIVERY_BUCKETS_SECONDS,
    enableExemplars: true,
    registers: [], // `new Histogram` refuses exemplars in a plain-text registry, which leaves them out of its page anyway
  });
  registry.registerMetric(refusalDeliveries);
  // From the start, so that Prometheus sees the first delivery as an increase.
  for (const kind of endpointKinds) refusalDeliveries.zero({ kind });
  const refresh = createBacklogMetrics(db, registers);
  if (copyDelaySeconds !== undefined) {
    const delay = new Gauge({
      name: "ringfence_opt_out_copy_delay_seconds",
      help: "For how long the copy of opt-outs on another disk may have lacked one; infinite before it was compared.",
      registers: [],
      collect() {
        this.set(copyDelaySeconds());
      },
    });
    registry.registerMetric(delay);
  }

  return {
    /** Reads the backlog and returns all metrics. Without the database, those of the process alone. */
    async read(accept: string | undefined): Promise<MetricsPage> {
      await refresh();
      return readMetrics(registry, accept);
    },
    /** Counts refusals that a webhook or dialer has taken for the first time, with the time that each took. */
    countRefusalDeliveries(kind: EndpointKind, seconds: readonly number[]): void {
      const exemplarLabels = readTraceIds();
      for (const value of seconds)
        refusalDeliveries.observe({ labels: { kind }, value, exemplarLabels });
    },
    countJob: ({ job, outcome, seconds }: MeasuredJob): void =>
      durations.observe({ job, outcome }, seconds),
  };
}

/** Creates the figures of the backlog. Returns what reads them, and counts it as a fault if they cannot be read. */
function createBacklogMetrics(db: Db, registers: Registry[]) {
  const faults = new Counter({
    name: "ringfence_backlog_faults_total",
    help: "Times at which the backlog could not be read; its figures are missing then.",
    registers,
  });
  const gauges = createBacklogGauges(registers);
  const refresh = async () => {
    for (const gauge of Object.values(gauges)) gauge.reset();
    const backlog = await readBacklog(db);
    for (const { name, ...jobs } of backlog.jobs) {
      gauges.waiting.set({ job: name }, jobs.waiting);
      gauges.oldest.set({ job: name }, jobs.oldestSeconds);
      gauges.failed.set({ job: name }, jobs.failed);
    }
    gauges.unsequenced.set(backlog.unsequencedSeconds);
    for (const { code, ageSeconds } of backlog.registries)
      gauges.registries.set({ registry: code }, ageSeconds ?? Number.POSITIVE_INFINITY);
    for (const { code, kind, count } of backlog.registryAlerts)
      gauges.registryAlerts.set({ registry: code, kind }, count);
    for (const { kind, ...changes } of backlog.deliveries) {
      gauges.deliveriesWaiting.set({ kind }, changes.waiting);
      gauges.deliveriesOldest.set({ kind }, changes.oldestSeconds);
      gauges.deliveriesGivenUp.set({ kind }, changes.dead);
    }
  };
  return () =>
    refresh().catch(() => {
      gauges.unsequenced.set(Number.NaN);
      faults.inc();
    });
}

function createBacklogGauges(registers: Registry[]) {
  const createGauge = <Label extends string>(name: string, help: string, ...labels: Label[]) =>
    new Gauge({ name: `ringfence_${name}`, help, labelNames: labels, registers });
  return {
    waiting: createGauge("jobs_waiting", "Jobs that could run and do not yet, by name.", "job"),
    oldest: createGauge(
      "jobs_oldest_seconds",
      "For how long the oldest of these jobs has waited.",
      "job",
    ),
    failed: createGauge("jobs_given_up", "Jobs that failed at their last attempt, by name.", "job"),
    unsequenced: createGauge(
      "ledger_unsequenced_seconds",
      "Age of the oldest statement without a position in the ledger.",
    ),
    registries: createGauge(
      "registry_age_seconds",
      "Time since a connected registry was last read; infinite if never.",
      "registry",
    ),
    registryAlerts: createGauge(
      "registry_alerts",
      "Open alerts of registries: failed, held, near the age that the law allows, stale beyond it.",
      "registry",
      "kind",
    ),
    deliveriesWaiting: createGauge(
      "deliveries_waiting",
      "Changes that wait for webhooks and dialers, by their kind.",
      "kind",
    ),
    deliveriesOldest: createGauge(
      "deliveries_oldest_seconds",
      "For how long the oldest of these changes has been overdue.",
      "kind",
    ),
    deliveriesGivenUp: createGauge(
      "deliveries_given_up",
      "Changes that no attempt could deliver, by kind of endpoint.",
      "kind",
    ),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
