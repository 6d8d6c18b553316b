import { Temporal } from "temporal-polyfill";

/** A time in which the clocks of a zone are not changed: from, included, until, excluded. */
export type OffsetSpan = { from: number; until: number; offsetMs: number };

// Asking the zone costs a millisecond, and the same few spans are asked for again and again.
const recent = new Map<string, readonly OffsetSpan[]>();
const MAX_ZONES = 1_000;
const MAX_SPANS = 16;

/** The span around an instant (ms since 1970) in a zone (IANA name). RangeError when there is no such zone. */
export function offsetSpan(zone: string, at: number): OffsetSpan {
  const known = recent.get(zone) ?? [];
  const hit = known.find(({ from, until }) => from <= at && at < until);
  if (hit !== undefined) return hit;

  const span = readSpan(zone, at);
  if (recent.size >= MAX_ZONES) recent.clear();
  recent.set(zone, [span, ...known].slice(0, MAX_SPANS));
  return span;
}

function readSpan(zone: string, at: number): OffsetSpan {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  // A change at this very instant begins the span.
  const previous = local.add({ milliseconds: 1 }).getTimeZoneTransition("previous");
  return {
    from: previous?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    until: local.getTimeZoneTransition("next")?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offsetMs: local.offsetNanoseconds / 1e6,
  };
}
