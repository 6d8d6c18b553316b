import {
  type Context,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  context,
  trace,
} from "@opentelemetry/api";
import { parseTraceParent } from "@opentelemetry/core";
import {
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
} from "@opentelemetry/semantic-conventions";
import { startSpan } from "@ringfence/db/span";
import { type TraceIds, toTraceIds } from "./trace-ids.ts";

type Request = {
  method: string;
  /** Pattern of the route, never the requested address; undefined if there is none. */
  route: string | undefined;
  /** Header `traceparent`, by which the caller's trace goes on here. */
  traceparent: string | string[] | undefined;
  /** Our own id of the request. */
  id?: string;
};

export type RequestSpan = {
  /** Runs a function in the span. What it starts, and waits for, is in the span too. */
  run: <T>(work: () => T) => T;
  end: (status: number) => void;
  /** Ids for logs and metrics; null if the trace is not recorded. */
  traceIds: TraceIds | null;
};

/**
 * Opens the span of a request. Of what the caller sends, only the ids and the flag of `traceparent` are read: `tracestate`
 * and `baggage` may contain anything, and would be sent on to the collector.
 */
export function startRequestSpan({ method, route, traceparent, id }: Request): RequestSpan {
  const span = startSpan(
    route === undefined ? method : `${method} ${route}`,
    {
      kind: SpanKind.SERVER,
      attributes: {
        [ATTR_HTTP_REQUEST_METHOD]: method,
        [ATTR_HTTP_ROUTE]: route,
        ...(id !== undefined && { "ringfence.request.id": id }),
      },
    },
    readRequestContext(traceparent),
  );
  const inside = trace.setSpan(ROOT_CONTEXT, span);
  return {
    traceIds: span.isRecording() ? toTraceIds(span) : null,
    run: (work) => context.with(inside, work),
    end(status) {
      span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, status);
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

function readRequestContext(traceparent: string | string[] | undefined): Context {
  const parent = typeof traceparent === "string" ? parseTraceParent(traceparent) : null;
  return parent === null
    ? ROOT_CONTEXT
    : trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true });
}
