import {
  type HoursFault,
  type HoursInput,
  checkCallingHours,
  findHoursWarnings,
  ruleBook,
} from "../../people/jurisdiction/index.ts";
import { checkClosedDays } from "./check-closed-days.ts";
import { type Finding, refuses, warns } from "./finding.ts";
import type { PreparedFacts } from "./prepare-facts.ts";
import type { Refusal } from "./reason.ts";

/** Wherever the person may be, it must be a time to call. Without a zone nobody can tell. */
export function checkHours(facts: PreparedFacts): Finding[] {
  if (facts.zones.length === 0) return [];
  const input = hoursInput(facts);
  const closed = checkClosedDays(facts);
  if (closed !== null) return [closed];
  const fault = checkCallingHours(input);
  return [
    ...(fault === null ? [] : [refuses(told(fault))]),
    ...findHoursWarnings(input).map((one) => warns(told(one))),
  ];
}

export const hoursInput = ({
  at,
  zones,
  jurisdictions,
  callFacts,
  policy,
  campaign,
}: PreparedFacts): HoursInput => ({
  at,
  zones,
  jurisdictions,
  countries: [...new Set(jurisdictions.map((place) => place.slice(0, 2)))],
  facts: callFacts,
  policy: policy.hours,
  keepsPolicy: policy.choseHours,
  ...(campaign !== null && { campaign: campaign.hours }),
  warnOnly: policy.warnOnly,
});

const marks = new Map(ruleBook.rules.map(({ id, confidence }) => [id, confidence]));

const told = ({ reason, rule, citation, ...local }: HoursFault): Refusal => ({
  reason,
  rule,
  ...(citation !== undefined && { citation }),
  message: { key: `refusal.${reason}`, values: { ...local, mark: marks.get(rule) ?? "policy" } },
});
