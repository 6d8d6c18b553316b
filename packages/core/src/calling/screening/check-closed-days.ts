import { listWithParents } from "../../people/jurisdiction/index.ts";
import { dayOf, dayStart, isoDateOf, localClock, timeOf } from "../../platform/time/index.ts";
import { type Finding, findsByPolicy } from "./finding.ts";
import type { PreparedFacts } from "./prepare-facts.ts";

/** Refuses a call if it is, in any of its zones, a day that an officer closed for one of its places. */
export function checkClosedDays({
  at,
  zones,
  jurisdictions,
  closedDays,
}: PreparedFacts): Finding | null {
  if (closedDays.length === 0) return null;
  const places = listWithParents(jurisdictions);
  const found = closedDays
    .filter(({ jurisdiction }) => places.includes(jurisdiction))
    .flatMap(({ jurisdiction, first, last }) =>
      zones.flatMap((zone) => {
        const clock = localClock(zone, at.getTime());
        const localDate = isoDateOf(clock.day);
        if (localDate < first || localDate > last) return [];
        const until = dayStart(zone, dayOf(last) + 1);
        return [{ zone, localDate, localTime: timeOf(clock.minute), place: jurisdiction, until }];
      }),
    )
    .toSorted((a, b) => b.until.getTime() - a.until.getTime());
  const [longest] = found;
  if (longest === undefined) return null;
  const { until, ...values } = longest;
  return findsByPolicy("policy.closed-day", {
    reason: "day-not-allowed",
    until,
    message: { key: "refusal.day-not-allowed.proclaimed", values },
  });
}
