import { Histogram, type Registry } from "prom-client";
import type { TraceIds } from "../tracing/trace-ids.ts";

const BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

type Labels = { method: string; route: string; status: number };

/**
 * Creates the histogram of the requests of a program. A route is a pattern such as `/stop/[organization]`, never a
 * requested address, which may contain a number or the token of a link. The last recorded trace of each bucket is kept
 * as its exemplar.
 */
export function createRequestDurations(registry: Registry) {
  const histogram = new Histogram<keyof Labels | keyof TraceIds>({
    name: "http_request_duration_seconds",
    help: "How long requests took, by route and status.",
    labelNames: ["method", "route", "status"],
    buckets: BUCKETS_SECONDS,
    enableExemplars: true,
    registers: [], // `new Histogram` refuses exemplars in a plain-text registry, which leaves them out of its page anyway
  });
  registry.registerMetric(histogram);
  return {
    observe: (labels: Labels, seconds: number, ids?: TraceIds | null) =>
      histogram.observe({ labels, value: seconds, ...(ids && { exemplarLabels: ids }) }),
  };
}
