import { Histogram, type Registry } from "prom-client";

const BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * Creates the histogram of the requests of a program. A route is a pattern such as `/stop/[organization]`, never a
 * requested address, which may contain a number or the token of a link.
 */
export const createRequestDurations = (registry: Registry) =>
  new Histogram({
    name: "http_request_duration_seconds",
    help: "How long requests took, by route and status.",
    labelNames: ["method", "route", "status"],
    buckets: BUCKETS_SECONDS,
    registers: [registry],
  });
