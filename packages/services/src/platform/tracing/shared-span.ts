import { type Context, TraceFlags, context, trace } from "@opentelemetry/api";
import { startSpan } from "@ringfence/db/span";

/** Context of a caller, with the span in which it asked for the work. */
export type Caller = Context;

/** Returns the context of the code that calls this. */
export const findCaller = (): Caller => context.active();

/** Runs `work` in the context of a caller. */
export const inCaller = <T>(caller: Caller, work: () => T): T => context.with(caller, work);

/**
 * Runs work that several callers share. It gets a span of its own, below that of the first caller whose trace is
 * recorded; links lead from it to each caller and back, because a span has only one parent. Work of one caller is simply
 * part of its trace.
 */
export function inSharedSpan<T>(callers: readonly Caller[], work: () => Promise<T>): Promise<T> {
  const traced = callers.filter(isSampled);
  const [first] = traced;
  return first === undefined || callers.length === 1
    ? context.with(callers[0] ?? context.active(), work)
    : shareSpan(first, traced, callers.length, work);
}

async function shareSpan<T>(
  first: Caller,
  traced: readonly Caller[],
  count: number,
  work: () => Promise<T>,
): Promise<T> {
  const links = traced.flatMap((caller) => {
    const spanContext = trace.getSpanContext(caller);
    return spanContext === undefined ? [] : [{ context: spanContext }];
  });
  const span = startSpan(
    "shared work",
    { attributes: { "ringfence.callers": count }, links },
    first,
  );
  const link = { context: span.spanContext() };
  for (const caller of traced) if (caller !== first) trace.getSpan(caller)?.addLink(link);
  try {
    return await context.with(trace.setSpan(first, span), work);
  } finally {
    span.end();
  }
}

function isSampled(caller: Caller): boolean {
  const flags = trace.getSpanContext(caller)?.traceFlags ?? TraceFlags.NONE;
  return (flags & TraceFlags.SAMPLED) !== 0;
}
