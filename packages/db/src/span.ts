import {
  type Attributes,
  type Link,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  context,
  trace,
} from "@opentelemetry/api";
import {
  type ATTR_DB_COLLECTION_NAME,
  type ATTR_DB_OPERATION_NAME,
  type ATTR_DB_SYSTEM_NAME,
  ATTR_ERROR_TYPE,
  type ATTR_HTTP_REQUEST_METHOD,
  type ATTR_HTTP_RESPONSE_STATUS_CODE,
  type ATTR_HTTP_ROUTE,
} from "@opentelemetry/semantic-conventions";
import { findSqlState } from "./sql-state.ts";

/*
 * Spans of a trace. A program that records traces opens one for each request and each job (`platform/tracing` in
 * services). Everything below it calls `inSpan`, which does nothing unless such a span is active and was sampled: with
 * tracing off, it costs one look at a variable.
 */

/** Name under which all our spans are recorded. Spans of libraries are not, because they hold addresses and values. */
export const TRACER_NAME = "ringfence";

/** Attributes that a span may have: ids, names from our own code, and statuses, but nothing that a caller has sent. */
export type SpanAttributes = {
  [ATTR_DB_COLLECTION_NAME]?: string | undefined;
  [ATTR_DB_OPERATION_NAME]?: string;
  [ATTR_DB_SYSTEM_NAME]?: string;
  [ATTR_HTTP_REQUEST_METHOD]?: string;
  [ATTR_HTTP_RESPONSE_STATUS_CODE]?: number;
  [ATTR_HTTP_ROUTE]?: string | undefined;
  "messaging.destination.name"?: string;
  "ringfence.callers"?: number;
  "ringfence.organization.id"?: string | undefined;
  "ringfence.request.id"?: string;
  "ringfence.run.id"?: string | undefined;
};

export type SpanOptions = {
  kind?: SpanKind;
  attributes?: SpanAttributes;
  links?: Link[];
  /** Tells whether an error makes the span a failed one. By default, every error does. */
  isFault?: (error: unknown) => boolean;
};

/** True while there is a span that will be exported. */
export function isTraced(): boolean {
  const active = trace.getActiveSpan()?.spanContext();
  return active !== undefined && (active.traceFlags & TraceFlags.SAMPLED) !== 0;
}

/** Runs `work` in a span below the active one. Without an active span, it only runs `work`. */
export const inSpan = <T>(name: string, options: SpanOptions, work: () => Promise<T>): Promise<T> =>
  isTraced() ? inNewSpan(name, options, work) : work();

/** Runs `work` in a span of its own, even if no span is active. */
export async function inNewSpan<T>(
  name: string,
  { isFault = () => true, ...options }: SpanOptions,
  work: () => Promise<T>,
): Promise<T> {
  const span = startSpan(name, options);
  try {
    return await context.with(trace.setSpan(context.active(), span), work);
  } catch (error) {
    noteError(span, error, isFault(error));
    throw error;
  } finally {
    span.end();
  }
}

/** Starts a span, which the caller ends. */
export const startSpan = (
  name: string,
  { attributes, ...options }: Omit<SpanOptions, "isFault">,
  parent = context.active(),
): Span =>
  trace
    .getTracer(TRACER_NAME)
    .startSpan(
      name,
      { kind: SpanKind.INTERNAL, ...options, attributes: withoutGaps(attributes) },
      parent,
    );

const withoutGaps = (attributes: SpanAttributes = {}): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));

/** Notes the kind of an error. Its message is left out, because it may quote values. */
export function noteError(span: Span, error: unknown, isFault = true): void {
  span.setAttribute(ATTR_ERROR_TYPE, findErrorType(error));
  if (isFault) span.setStatus({ code: SpanStatusCode.ERROR });
}

/** Finds the SQLSTATE of an error, its code, or the name of its class. */
function findErrorType(error: unknown): string {
  const state = findSqlState(error);
  if (state !== null) return state;
  if (!(error instanceof Error)) return typeof error;
  const code: unknown = Reflect.get(error, "code");
  return typeof code === "string" && /^[A-Za-z][\w-]{1,40}$/.test(code)
    ? code
    : error.constructor.name;
}
