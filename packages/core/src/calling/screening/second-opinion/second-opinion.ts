// For tests only: a second opinion on hours, days, devices, industries, consents and caps (in listed-numbers.ts also on
// lists and reassigned numbers), written from the words of the laws (their citations, quotes and notes) by somebody who
// had not read the screening. It is slow and plain on purpose: one handwritten entry per law, holidays computed from
// what the laws name, and the clock of `Intl`. It shares no code with the screening and reads none of its tables: a
// mistake in a table, in a rule's value or in the interpreter of values would otherwise be made twice, and the
// comparison (second-opinion.property.test.ts) would be blind to it.
//
// Some rules are stricter than the words of their law, by a choice that their note or decision 54 records. The choice
// is followed: a law on sales binds calls of every purpose unless its entry says `binds`, and consent lifts no hours.

import { bansInBrazil, hoursInAmericasAndAsia } from "./americas-and-asia.ts";
import { type CapLaw, capLaws } from "./call-caps.ts";
import { consentEndLaws, consentLaws, optOutLaws } from "./consent-laws.ts";
import { addDays, addMonths, toWeekday } from "./days.ts";
import { bansInRussia, hoursInEurope } from "./europe.ts";
import type { BanLaw, Clock, HoursLaw, Opinion, PlainCall } from "./law.ts";
import { industryCodes } from "./industry-codes.ts";
import { industryLaws } from "./industries.ts";
import { hoursInSpain } from "./spain.ts";
import { bansInUnitedStates, hoursInUnitedStates } from "./united-states.ts";

const hoursLaws = [
  ...hoursInUnitedStates,
  ...hoursInAmericasAndAsia,
  ...hoursInEurope,
  ...hoursInSpain,
];

const banLaws: readonly BanLaw[] = [...bansInUnitedStates, ...bansInBrazil, ...bansInRussia];

/** Time and places of a call. The person may be in any of the time zones. */
export interface Scene {
  readonly places: readonly string[];
  readonly zones: readonly string[];
  readonly at: Date;
}

/** `from` and `until` are the first and the last local day on which the law is in force. */
type Dated = { readonly place: string; readonly from?: string; readonly until?: string };

/** A state of the United States is under the laws of the country, too. */
const appliesIn = (place: string) => (law: { readonly place: string }) =>
  law.place === place || (law.place === "US" && place.startsWith("US-"));

/** True for the laws of one of the places. */
export const appliesInAny =
  (places: readonly string[]) =>
  (law: { readonly place: string }): boolean =>
    places.some((place) => appliesIn(place)(law));

const isInForce = ({ from, until }: Dated, date: string) =>
  (from === undefined || from <= date) && (until === undefined || date <= until);

/** True if the law is in force on the local date of any of the zones. */
export const isInForceAtAny =
  ({ zones, at }: Scene) =>
  (law: Dated): boolean =>
    zones.some((zone) => isInForce(law, readClock(zone, at).date));

/**
 * Judges the hour of a call: one law that refuses in one zone is enough, and a closed day is reported before a closed
 * hour. Organizations' own hours are not judged.
 */
export function judgeHours(scene: Scene, call: PlainCall): Opinion {
  const opinions = listOpinions(hoursLaws, scene, call);
  return (
    opinions.find((opinion) => opinion === "day-not-allowed") ??
    opinions.find((opinion) => opinion === "outside-calling-hours") ??
    "allowed"
  );
}

/** True if the industry's codes, and laws that only warn, allow the hour. */
export const keepsIndustryCodes = (scene: Scene, call: PlainCall): boolean =>
  listOpinions(industryCodes, scene, call).every((opinion) => opinion === "allowed");

const listOpinions = (laws: readonly HoursLaw[], { places, zones, at }: Scene, call: PlainCall) =>
  laws
    .filter(appliesInAny(places))
    .filter((law) => law.binds?.(call) ?? true)
    .flatMap((law) =>
      (law.clock === undefined ? zones : [law.clock])
        .map((zone) => readClock(zone, at))
        .filter(({ date }) => isInForce(law, date))
        .map((clock) => law.says(clock)),
    );

/** Lists why a call may not be placed there at any hour. */
export const listBans = (
  scene: Scene,
  call: PlainCall,
  hasConsent: boolean,
): BanLaw["reason"][] => [
  ...banLaws
    .filter(appliesInAny(scene.places))
    .filter((law) => law.forbids(call))
    .map(({ reason }) => reason),
  ...industryLaws
    .filter(appliesInAny(scene.places))
    .filter(isInForceAtAny(scene))
    .filter((law) => law.forbids(call) && !(hasConsent && law.unlessConsented))
    .map(() => "sector-banned" as const),
];

/**
 * Says what consent a call needs. If any place of the call has no law that allows calls without consent, consent is
 * needed (`policy.consent`).
 */
export function findNeededConsent(scene: Scene, call: PlainCall): "none" | "consent" | "written" {
  const asked = new Set(
    consentLaws
      .filter(appliesInAny(scene.places))
      .filter(isInForceAtAny(scene))
      .map((law) => law.asks(call)),
  );
  if (asked.has("written")) return "written";
  if (asked.has("consent")) return "consent";
  const leave = optOutLaws.filter(isInForceAtAny(scene)).filter((law) => law.gives?.(call) ?? true);
  return scene.places.every((place) => leave.some(appliesIn(place))) ? "none" : "consent";
}

/** True if a consent that was given then, without a period, has ended by law. */
export const hasConsentEnded = (scene: Scene, call: PlainCall, given: Date): boolean =>
  consentEndLaws
    .filter(appliesInAny(scene.places))
    .filter(isInForceAtAny(scene))
    .filter((law) => law.ends(call))
    .some(({ months }) => addMonths(given, months) <= scene.at);

/** True if a law forbids one more call after these. */
export const isCapReached = (scene: Scene, call: PlainCall, calls: readonly Date[]): boolean =>
  capLaws
    .filter(appliesInAny(scene.places))
    .filter(isInForceAtAny(scene))
    .filter((law) => law.binds?.(call) ?? true)
    .some((law) => {
      const earlier = calls.filter((one) => one <= scene.at);
      return earlier.filter((one) => countsToward(law, one, scene)).length >= law.most;
    });

function countsToward({ within }: CapLaw, one: Date, { zones, at }: Scene): boolean {
  if ("hours" in within) return at.getTime() - one.getTime() < within.hours * 3_600_000;
  return zones.some((zone) => {
    const first = addDays(readClock(zone, at).date, 1 - within.days);
    return first <= readClock(zone, one).date;
  });
}

/** A call preference: the days and hours at which a person accepts calls, and the dialers that they refuse. */
export type PersonsChoice = {
  readonly hours: { readonly days: readonly string[]; readonly from: string; readonly to: string };
  readonly refusedDialers: readonly string[];
};

/** Lists the reasons why a call is against a call preference. */
export const listUnwanted = (
  { zones, at }: Pick<Scene, "zones" | "at">,
  dialer: string,
  choices: readonly PersonsChoice[],
): ("dialer-refused" | "quiet-hours")[] =>
  choices.flatMap(({ hours, refusedDialers }) => [
    ...(refusedDialers.includes(dialer) ? (["dialer-refused"] as const) : []),
    ...zones.flatMap((zone) => {
      const { weekday, time } = readClock(zone, at);
      const isChosenDay = hours.days.includes(weekday.slice(0, 2).toUpperCase());
      const isChosenHour = time >= `${hours.from}:00` && time < `${hours.to}:00`;
      return isChosenDay && isChosenHour ? [] : (["quiet-hours"] as const);
    }),
  ]);

const formats = new Map<string, Intl.DateTimeFormat>();

/** Reads the local date and time of a zone, as `2026-11-30 09:05:00`. */
function readClock(zone: string, at: Date): Clock {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  formats.set(zone, format);
  const [date = "", time = ""] = format.format(at).split(" ");
  return { date, time, weekday: toWeekday(date) };
}
