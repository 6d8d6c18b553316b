export { createMonitor } from "./answer-monitor.ts";
export { mayReadMetrics } from "./may-read-metrics.ts";
export { createProcessMetrics } from "./process-metrics.ts";
export { createRequestDurations } from "./request-durations.ts";
