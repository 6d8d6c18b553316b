import { expect, it } from "vitest";
import { OrganizationHours } from "./organization-hours.ts";

const weekdays = { days: ["MO", "TU"], from: "10:00", to: "18:00" };
const isTaken = (window: object) =>
  OrganizationHours.safeParse({ windows: [window], holidaysClosed: true }).success;

it("takes hours of at least one day", () => {
  expect(isTaken(weekdays)).toBe(true);
  expect(isTaken({ ...weekdays, to: "24:00" })).toBe(true);
});

it.each([
  ["no day", { days: [] }],
  ["a day that there is not", { days: ["XX"] }],
  ["an end before the beginning", { to: "09:00" }],
  ["an end at the beginning", { to: "10:00" }],
  ["an hour that there is not", { from: "25:00" }],
])("does not take %s", (_, spoiled) => {
  expect(isTaken({ ...weekdays, ...spoiled })).toBe(false);
});
