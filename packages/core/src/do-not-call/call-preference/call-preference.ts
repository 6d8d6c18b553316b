import { z } from "zod";
import { Dialer } from "../../account/organization/index.ts";
import { withMessage } from "../../platform/message/index.ts";
import { HoursWindow, Weekday } from "../../platform/time/index.ts";

/** Ways of calling that a person may refuse. Who wants no calls by an agent either opts out of all calls. */
export const RefusableDialer = Dialer.exclude(["live_agent"]);
export type RefusableDialer = z.infer<typeof RefusableDialer>;

/**
 * When and how a person takes calls, as they chose it themselves. It can refuse a call and never allow one: the law,
 * opt-outs and consents judge as before.
 */
export const CallPreferences = z.strictObject({
  /** Days and hours in which they take calls, on the clock where they are. */
  hours: HoursWindow.refine(({ days }) => days.length > 0, withMessage("call-preference.no-days"))
    .refine(({ from, to }) => from < to, withMessage("call-preference.no-hours"))
    .transform((hours) => ({ ...hours, days: inOrder(Weekday.options, hours.days) })),
  /** Ways of calling that they refuse. */
  refusedDialers: z
    .array(RefusableDialer)
    .transform((dialers) => inOrder(RefusableDialer.options, dialers)),
});
export type CallPreferences = z.infer<typeof CallPreferences>;

const inOrder = <Item>(all: readonly Item[], some: readonly Item[]): Item[] =>
  all.filter((item) => some.includes(item));

/** Calls at any time and by any means: nothing is refused. */
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

/** Preferences on record, and whether our code wrote them for a person who had proved that the phone is theirs. */
export type RecordedPreferences = { phoneId: string; at: number; isProven: boolean };

/**
 * Selects the preferences that count: for each phone the latest that are proven, and all later ones. Unproven
 * preferences only add to the others, so whoever cannot prove that the phone is theirs can refuse calls and allow none.
 * `recorded` are in the order in which they were recorded.
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
