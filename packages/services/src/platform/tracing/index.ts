export { inSpan } from "@ringfence/db/span";
export { inChannelSpan } from "./channel-span.ts";
export { inJobSpan } from "./job-span.ts";
export { type RequestSpan, startRequestSpan } from "./request-span.ts";
export { startTracing } from "./start-tracing.ts";
export { type TraceIds, readTraceIds } from "./trace-ids.ts";
