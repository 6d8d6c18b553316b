import { type Span, trace } from "@opentelemetry/api";
import { isTraced } from "@ringfence/db/span";

/** Ids under which a line of a log, or an example in a histogram, is found in the collector. */
export type TraceIds = { trace_id: string; span_id: string };

/** Returns the ids of the active span; nothing if no trace is recorded. */
export function readTraceIds(): TraceIds | Record<string, never> {
  const span = trace.getActiveSpan();
  return span !== undefined && isTraced() ? toTraceIds(span) : {};
}

export function toTraceIds(span: Span): TraceIds {
  const { traceId, spanId } = span.spanContext();
  return { trace_id: traceId, span_id: spanId };
}
