export { mayReadMetrics } from "./may-read-metrics.ts";
export { createProcessMetrics } from "./process-metrics.ts";
