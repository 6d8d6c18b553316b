import { expect, it } from "vitest";
import {
  CallPreferences,
  anyCalls,
  refusesSomeCalls,
  selectCountedPreferences,
} from "./call-preference.ts";

const chosen = (hours: Partial<CallPreferences["hours"]>) => ({
  ...anyCalls,
  hours: { ...anyCalls.hours, ...hours },
});

it.each([
  ["no day", chosen({ days: [] }), "call-preference.no-days"],
  ["no hour", chosen({ from: "18:00", to: "10:00" }), "call-preference.no-hours"],
])("sends back a choice with %s, which would be an opt-out", (_, given, message) => {
  expect(CallPreferences.safeParse(given).error?.issues).toMatchObject([{ message }]);
});

it("sorts days and refused dialers, and lists each once", () => {
  const given = { hours: { ...anyCalls.hours, days: ["SU", "MO", "SU"] }, refusedDialers: [] };
  expect(CallPreferences.parse(given).hours.days).toEqual(["MO", "SU"]);
});

it.each([
  ["any calls", anyCalls, false],
  ["a day off", chosen({ days: ["MO"] }), true],
  ["a late morning", chosen({ from: "10:00" }), true],
  ["an early evening", chosen({ to: "18:00" }), true],
  ["no recorded messages", { ...anyCalls, refusedDialers: ["prerecorded" as const] }, true],
])("knows whether %s refuses some calls", (_, preferences, refuses) => {
  expect(refusesSomeCalls(preferences)).toBe(refuses);
});

it("selects the latest proven preference of a phone and all later ones", () => {
  const at = (phoneId: string, nth: number, isProven: boolean) => ({ phoneId, at: nth, isProven });
  const recorded = [
    at("a", 1, false),
    at("b", 2, false),
    at("a", 3, true),
    at("b", 4, false),
    at("a", 5, false),
  ];
  expect(selectCountedPreferences(recorded).map((one) => one.at)).toEqual([3, 5, 2, 4]);
});
