export { createMonitor } from "./answer-monitor.ts";
export { mayReadMetrics } from "./may-read-metrics.ts";
export { createProcessMetrics } from "./process-metrics.ts";
export { type MetricsPage, readMetrics } from "./read-metrics.ts";
export { createRequestDurations } from "./request-durations.ts";
