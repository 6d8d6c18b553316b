import {
  type JurisdictionId,
  listWithParents,
  ruleBook,
} from "@ringfence/core/people/jurisdiction";
import { HORIZON_DAYS } from "@ringfence/core/calling/screening";
import { DAY_MS, addPeriod } from "@ringfence/core/platform/time";

/**
 * Spans within which it matters exactly when something lies: of all other instants, only on which side
 * of them they are. Sorted, not overlapping, epoch milliseconds, both ends included: the first and the last
 * instant of each by turns.
 */
export type Spans = {
  within: Float64Array;
  /** What ends later is like what never does: nobody looks as far. */
  horizon: number;
};

/** For what only matters as such, whenever it is. */
export const noInstants: Spans = { within: new Float64Array(), horizon: Number.POSITIVE_INFINITY };
/** All time: for what matters exactly whenever it is. */
export const allInstants: Spans = {
  within: Float64Array.of(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
  horizon: Number.POSITIVE_INFINITY,
};

/** Whether what ends then lasts as far as anybody looks; what has no end, NaN, does. */
export const endsBeyondHorizon = (end: number, { horizon }: Spans): boolean =>
  Number.isNaN(end) || end > horizon;

/** As far as most verdicts look: behind a night, a Sunday and a holiday. */
export const nearMs = 3 * DAY_MS;
/** As far as waiting is looked at: a month of a cap, and then hours. */
export const farMs = 2 * HORIZON_DAYS * DAY_MS;
/** Calendars of zones differ from UTC's by less than this. */
const slackMs = 2 * DAY_MS;

/**
 * A verdict looks at an instant, and `callableFrom` at the days behind it, `aheadMs` at most; where the law lets consent
 * run out, also at as many days from when that consent would have had to be given.
 */
export function sensitiveSpans(
  jurisdictions: readonly JurisdictionId[],
  at: Date,
  aheadMs: number,
): Spans {
  const places = new Set(listWithParents(jurisdictions));
  const periods = ruleBook.rules.flatMap((rule) =>
    rule.type === "consent_expiry" && places.has(rule.jurisdiction)
      ? (rule.value.duration ?? [])
      : [],
  );
  // The instant itself too: some ends count until then, others no more.
  const now = { from: at.getTime(), until: at.getTime() + aheadMs };
  const back = periods.map((period) => {
    const begin = addPeriod(at, period, -1).getTime();
    return { from: begin - slackMs, until: begin + aheadMs + slackMs };
  });
  const spans = [now, ...back].toSorted((a, b) => a.from - b.from);
  const apart = spans.reduce<{ from: number; until: number }[]>((merged, span) => {
    const last = merged.at(-1);
    if (last === undefined || last.until < span.from) return [...merged, { ...span }];
    last.until = Math.max(last.until, span.until);
    return merged;
  }, []);
  const within = Float64Array.from(apart.flatMap(({ from, until }) => [from, until]));
  // Such a law may ask whether an end was stated at all, however far off.
  return { within, horizon: periods.length === 0 ? now.until : Number.POSITIVE_INFINITY };
}
