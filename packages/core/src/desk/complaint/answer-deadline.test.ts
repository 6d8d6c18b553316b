import { describe, expect, it } from "vitest";
import {
  deadlineRules,
  endOfDay,
  findAnswerDeadline,
  findDeadlineRule,
} from "./answer-deadline.ts";

const receivedAt = new Date("2026-01-30T15:00:00Z"); // a Friday
const find = (places: readonly string[], more: object = {}) =>
  findAnswerDeadline({
    receivedAt,
    places,
    isRefusal: false,
    zone: "UTC",
    ownDays: 30,
    ...more,
  });
const end = (day: string) => new Date(`${day}T23:59:59.999Z`);

describe("the deadline of an answer", () => {
  it.each([
    [["DE", "EU"], "EU.gdpr.request", "2026-02-28"],
    [["GB"], "GB.dpa.complaint", "2026-02-28"],
    [["RU"], "RU.152.request", "2026-02-13"],
    [["US-TX", "US"], "own", "2026-03-01"],
    [[], "own", "2026-03-01"],
  ])("of %j is set by %s: %s", (places, rule, day) => {
    expect(find(places)).toEqual({ rule, dueAt: end(day) });
  });

  it("is the one for refusals if the person refuses calls", () => {
    expect(find(["US"], { isRefusal: true })).toEqual({
      rule: "US.tcpa.revocation",
      dueAt: end("2026-02-13"),
    });
  });

  it("is the earliest of all places where the person may be", () => {
    expect(find(["FR", "EU", "RU"]).rule).toBe("RU.152.request");
  });

  it("is the organization's own only where no law is known", () => {
    expect(find(["EU"], { ownDays: 5 }).rule).toBe("EU.gdpr.request");
    expect(find(["NZ"], { ownDays: 5 })).toEqual({ rule: "own", dueAt: end("2026-02-04") });
  });

  it("counts days on the organization's calendar", () => {
    const zone = "Asia/Vladivostok"; // where it is already Saturday
    expect(find([], { zone, ownDays: 1 }).dueAt).toEqual(endOfDay(zone, "2026-02-01"));
    expect(endOfDay(zone, "2026-02-01")).toEqual(new Date("2026-02-01T13:59:59.999Z"));
  });
});

it("gives every rule a source, a mark and an id of its own", () => {
  expect(new Set(deadlineRules.map(({ id }) => id)).size).toBe(deadlineRules.length);
  for (const { id, mark, quote, settled_by: settledBy } of deadlineRules) {
    expect(findDeadlineRule(id)).not.toBeNull();
    expect(mark === "A" ? quote : settledBy).toBeTruthy();
  }
  expect(findDeadlineRule("own")).toBeNull();
});
