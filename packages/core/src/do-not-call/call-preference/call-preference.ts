import { z } from "zod";
import { Dialer } from "../../account/organization/index.ts";
import { withMessage } from "../../platform/message/index.ts";
import { HoursWindow, Weekday } from "../../platform/time/index.ts";

/** Dialers that a person may refuse. A person who does not want calls from agents either opts out of all calls. */
export const RefusableDialer = Dialer.exclude(["live_agent"]);
export type RefusableDialer = z.infer<typeof RefusableDialer>;

/**
 * When and how a person may be called, as they chose themselves. It can refuse a call and never allow one: the law,
 * opt-outs and consents still apply.
 */
export const CallPreferences = z.strictObject({
  /** Days and hours at which they may be called, in their local time. */
  hours: HoursWindow.refine(({ days }) => days.length > 0, withMessage("call-preference.no-days"))
    .refine(({ from, to }) => from < to, withMessage("call-preference.no-hours"))
    .transform((hours) => ({ ...hours, days: inOrder(Weekday.options, hours.days) })),
  /** Dialers that they refuse. */
  refusedDialers: z
    .array(RefusableDialer)
    .transform((dialers) => inOrder(RefusableDialer.options, dialers)),
});
export type CallPreferences = z.infer<typeof CallPreferences>;

const inOrder = <Item>(all: readonly Item[], some: readonly Item[]): Item[] =>
  all.filter((item) => some.includes(item));

/** Refuses nothing: calls are accepted at any time, by any dialer. */
export const anyCalls: CallPreferences = {
  hours: { days: [...Weekday.options], from: "00:00", to: "24:00" },
  refusedDialers: [],
};

/** True if the preferences refuse some calls. */
export const refusesSomeCalls = ({ hours, refusedDialers }: CallPreferences): boolean =>
  refusedDialers.length > 0 ||
  hours.days.length < Weekday.options.length ||
  hours.from > anyCalls.hours.from ||
  hours.to < anyCalls.hours.to;

/**
 * Preferences on record. `at` is in milliseconds. `isProven`: our code wrote them for a person who had proved that the
 * phone is theirs.
 */
export type RecordedPreferences = { phoneId: string; at: number; isProven: boolean };

/**
 * Selects the preferences that count: for each phone the latest that are proven and all later ones, or all if none are
 * proven. Unproven preferences only add to the others, so whoever cannot prove that the phone is theirs can refuse
 * calls and allow none. `recorded` are in the order in which they were recorded.
 */
export const selectCountedPreferences = <Recorded extends RecordedPreferences>(
  recorded: readonly Recorded[],
): Recorded[] =>
  [...Map.groupBy(recorded, ({ phoneId }) => phoneId).values()].flatMap((ofPhone) =>
    ofPhone.slice(
      Math.max(
        0,
        ofPhone.findLastIndex(({ isProven }) => isProven),
      ),
    ),
  );
