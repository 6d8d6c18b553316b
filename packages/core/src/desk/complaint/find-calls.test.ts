import { expect, it } from "vitest";
import { findCallSearch } from "./find-calls.ts";

const receivedAt = new Date("2026-03-10T12:00:00Z");
const search = (...input: Parameters<typeof findCallSearch>) => {
  const { from, until, near } = findCallSearch(...input);
  return [from, until, near].map((at) => at.toISOString());
};

it("searches a day around the time that the person names, but not after the complaint", () => {
  expect(search({ at: new Date("2026-03-04T09:00:00Z") }, receivedAt, [])).toEqual([
    "2026-03-03T09:00:00.000Z",
    "2026-03-05T09:00:00.000Z",
    "2026-03-04T09:00:00.000Z",
  ]);
  expect(search({ at: new Date("2026-03-10T11:00:00Z") }, receivedAt, [])[1]).toBe(
    "2026-03-10T12:00:00.000Z",
  );
});

it("searches the day that the person names, in every time zone where they may be", () => {
  const zones = ["Europe/Kaliningrad", "Asia/Vladivostok"];
  expect(search({ day: "2026-03-04" }, receivedAt, zones)).toEqual([
    "2026-03-03T14:00:00.000Z",
    "2026-03-04T21:59:59.999Z",
    "2026-03-04T05:59:59.999Z",
  ]);
});

it("searches the day in every time zone of the world if the person may be anywhere", () => {
  expect(search({ day: "2026-03-04" }, receivedAt, []).slice(0, 2)).toEqual([
    "2026-03-03T10:00:00.000Z",
    "2026-03-05T11:59:59.999Z",
  ]);
});

it("searches the last 30 days, latest first, if the person names no time", () => {
  expect(search(null, receivedAt, [])).toEqual([
    "2026-02-08T12:00:00.000Z",
    "2026-03-10T12:00:00.000Z",
    "2026-03-10T12:00:00.000Z",
  ]);
});
