import { type HoursInput, checkCallingHours } from "../../people/jurisdiction/index.ts";
import { type Finding, createRefusal } from "./reason.ts";
import type { PreparedFacts } from "./prepare-facts.ts";

/**
 * Refuses a call against the person's call preferences: by a dialer that they refuse, or outside their days and hours.
 * If the person may be in several zones, the call must be within the hours in each. `checkPlace` refuses unknown zones.
 */
export const checkPreferences = (facts: PreparedFacts): Finding[] => {
  const { preferences, dialer } = facts;
  if (preferences.length === 0) return [];
  const refusesDialer = preferences.some(({ refusedDialers }) =>
    refusedDialers.some((refused) => refused === dialer),
  );
  return [
    ...(refusesDialer
      ? [
          createRefusal({
            reason: "dialer-refused",
            message: { key: "refusal.dialer-refused", values: { dialer } },
          }),
        ]
      : []),
    ...keepDifferent(listPreferredHours(facts).flatMap(checkPreferredHours)),
  ];
};

/**
 * Lists the hours that the person chose, for each of their phones, as input of `checkCallingHours`. Empty without a
 * zone.
 */
export const listPreferredHours = (facts: PreparedFacts): HoursInput[] => {
  const { law, at, zones, callFacts, preferences } = facts;
  if (zones.length === 0) return [];
  return preferences.map(({ hours }) => ({
    law,
    at,
    zones,
    // Without a place, nothing but these hours applies.
    jurisdictions: [],
    countries: [],
    facts: callFacts,
    policy: { windows: [hours], holidaysClosed: false },
  }));
};

function checkPreferredHours(input: HoursInput): Finding[] {
  const fault = checkCallingHours(input);
  const [hours] = input.policy.windows;
  if (fault === null || hours === undefined) return [];
  const { zone, localDate, localTime } = fault;
  const { from, to } = hours;
  return [
    createRefusal({
      reason: "quiet-hours",
      message:
        fault.reason === "day-not-allowed"
          ? { key: "refusal.quiet-hours.day", values: { zone, localDate } }
          : { key: "refusal.quiet-hours", values: { zone, localTime, from, to } },
    }),
  ];
}

const keepDifferent = (findings: readonly Finding[]): Finding[] => [
  ...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values(),
];
