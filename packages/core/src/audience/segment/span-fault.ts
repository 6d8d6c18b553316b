import type { Message } from "../../platform/message/index.ts";
import type { Span } from "./span.ts";

/** What is wrong with the days of a test, if something is. */
export function spanFault(span: Span): Message | null {
  if (span.span !== "between") return null;
  const { from, to } = span;
  if (from === undefined && to === undefined) return { key: "segment.span-empty" };
  const isBackwards = from !== undefined && to !== undefined && from > to;
  return isBackwards ? { key: "segment.span-backwards" } : null;
}

/** The same of days on which something was done. */
export function pastFault(span: Span | undefined): Message | null {
  if (span === undefined) return null;
  return span.span === "next" ? { key: "segment.span-future" } : spanFault(span);
}
