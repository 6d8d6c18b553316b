import {
  type HoursFault,
  type HoursInput,
  type RuleBook,
  checkCallingHours,
  deriveFromBook,
  findHoursWarnings,
  isClosedIn,
  listWithParents,
} from "../../people/jurisdiction/index.ts";
import {
  type Finding,
  type Reason,
  createPolicyFinding,
  createRefusal,
  createWarning,
  findMark,
} from "./reason.ts";
import type { ClosedDay, ScreeningFacts } from "./facts.ts";
import type { PreparedFacts } from "./prepare-facts.ts";
import {
  toDayNumber,
  dayStart,
  toIsoDate,
  localClock,
  formatMinute,
} from "../../platform/time/index.ts";

/**
 * Refuses a call outside the calling hours of the law, the organization or the campaign in any zone where the person
 * may be, and warns of broken hours that do not refuse. On a day that an officer closed, it gives that reason alone.
 * Without a zone it says nothing: `checkPlace` refuses then.
 */
export function checkHours(facts: PreparedFacts): Finding[] {
  if (facts.zones.length === 0) return [];
  const input = toHoursInput(facts);
  const closed = checkClosedDays(facts);
  if (closed !== null) return [closed];
  const fault = checkCallingHours(input);
  return [
    ...(fault === null ? [] : [createRefusal(toReason(facts.law, fault))]),
    ...findHoursWarnings(input).map((one) => createWarning(toReason(facts.law, one))),
  ];
}

/**
 * Converts facts to the input of `checkCallingHours` under `law`: the present law, or one that judges beside it. Facts
 * without zones must not be passed on: they would be open at any time.
 */
export const toHoursInput = ({
  law,
  at,
  zones,
  jurisdictions,
  callFacts,
  policy,
  campaign,
}: PreparedFacts): HoursInput => ({
  law,
  at,
  zones,
  jurisdictions,
  countries: [...new Set(jurisdictions.map((place) => place.slice(0, 2)))],
  facts: callFacts,
  policy: policy.hours,
  choseHours: policy.choseHours,
  ...(campaign !== null && { campaign: campaign.hours }),
  warnOnly: policy.warnOnly,
});

const mapMarks = deriveFromBook(
  ({ rules }) => new Map(rules.map((rule) => [rule.id, findMark(rule)])),
);

const toReason = (law: RuleBook, { reason, rule, citation, ...local }: HoursFault): Reason => ({
  reason,
  rule,
  ...(citation !== undefined && { citation }),
  message: {
    key: `refusal.${reason}`,
    values: { ...local, mark: mapMarks(law).get(rule) ?? "policy" },
  },
});

/** Lists the days that an officer closed for one of the places of a call. */
export function findClosedDays(
  facts: Pick<ScreeningFacts, "law" | "jurisdictions" | "regions" | "closedDays">,
): readonly ClosedDay[] {
  if (facts.closedDays.length === 0) return [];
  const places = listWithParents(facts.law, facts.jurisdictions);
  return facts.closedDays.filter((day) => isClosedIn(day, { places, regions: facts.regions }));
}

/**
 * Refuses a call if it is, in any of its zones, a day that an officer closed for one of its places. Of several such
 * days it reports the one that ends last; null if there is none.
 */
function checkClosedDays(facts: PreparedFacts): Finding | null {
  const { at, zones } = facts;
  const found = findClosedDays(facts)
    .flatMap(({ jurisdiction, region, first, last }) =>
      zones.flatMap((zone) => {
        const clock = localClock(zone, at.getTime());
        const localDate = toIsoDate(clock.day);
        if (localDate < first || localDate > last) return [];
        const until = dayStart(zone, toDayNumber(last) + 1);
        return [
          {
            zone,
            localDate,
            localTime: formatMinute(clock.minute),
            place: region ?? jurisdiction,
            until,
          },
        ];
      }),
    )
    .toSorted((a, b) => b.until.getTime() - a.until.getTime());
  const [lastToEnd] = found;
  if (lastToEnd === undefined) return null;
  const { until, ...values } = lastToEnd;
  return createPolicyFinding("policy.closed-day", {
    reason: "day-not-allowed",
    until,
    message: { key: "refusal.day-not-allowed.proclaimed", values },
  });
}
