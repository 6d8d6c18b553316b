import { expect, it } from "vitest";
import { daysAfter as day, hoursAfter as hour } from "../../../testing/facts.ts";
import { listReasons, screened } from "../../../testing/verdicts.ts";
import type { PermitFact } from "./facts.ts";

const florida = { jurisdictions: ["US-FL"], states: ["FL"], zones: ["America/New_York"] };
const findCapReason = (calls: Date[]) =>
  screened({ ...florida, calls }).refusals.find(({ reason }) => reason === "frequency-cap");

it("refuses a call over the cap until the oldest counted call is old enough", () => {
  expect(findCapReason([hour(-2), hour(-20), hour(-1)])).toMatchObject({
    rule: "US-FL.cap",
    until: hour(4),
    message: { values: { limit: 3, days: 1, until: hour(4) } },
  });
});

it.each([
  ["two", [hour(-1), hour(-2)]],
  ["one that is a day old", [hour(-1), hour(-2), hour(-24)]],
  ["those that come later", [hour(1), hour(2), hour(3)]],
])("does not mind %s", (_, calls) => {
  expect(findCapReason(calls)).toBeUndefined();
});

it("counts a call at the same instant", () => {
  expect(findCapReason([hour(0), hour(-1), hour(-2)])).toBeDefined();
});

const findCapRefusal = (permits: PermitFact[], calls: Date[] = []) =>
  screened({ ...florida, calls, permits }).refusals.find(
    ({ reason }) => reason === "frequency-cap",
  );

it("counts an unused permit until it ends, and a verified one as a call at that time", () => {
  const live = { at: hour(0), until: hour(0.01) };
  const verified = { at: hour(-20), until: null };
  expect(findCapRefusal([live, live], [hour(-1)])?.until).toEqual(hour(0.01));
  expect(findCapRefusal([live, verified], [hour(-1)])?.until).toEqual(hour(0.01));
  expect(findCapRefusal([verified, verified], [hour(-1)])?.until).toEqual(hour(4));
  expect(findCapRefusal([live, verified])).toBeUndefined();
  expect(findCapRefusal([{ at: hour(-24), until: null }, live, live])).toBeUndefined();
  expect(findCapRefusal([{ at: hour(-1), until: hour(0) }, live, live])).toBeUndefined();
});

it("waits for the right call if there were more than the cap", () => {
  expect(findCapReason([hour(-1), hour(-2), hour(-3), hour(-23)])?.until).toEqual(hour(21));
});

it("counts whole days of the person's calendar where the law says days", () => {
  const calls = [day(-29), day(-3), day(-2), day(-1)];
  const given = { jurisdictions: ["FR"], zones: ["Europe/Paris"], states: [], calls };
  expect(listReasons(given)).toContain("frequency-cap");
  const cap = screened(given).refusals.find(({ reason }) => reason === "frequency-cap");
  // The first was on February 1, so that day 31 is March 3, which began at 23:00 UTC.
  expect(cap?.until).toEqual(new Date("2026-03-02T23:00:00Z"));
  expect(listReasons({ ...given, calls: [day(-30), ...calls.slice(1)] })).not.toContain(
    "frequency-cap",
  );
});
