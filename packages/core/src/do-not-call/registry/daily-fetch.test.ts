import { expect, it } from "vitest";
import { RegistryFetchId } from "../../platform/ids.ts";
import { type FetchFacts, type RegistryFetch, planFetch, wasFetchedToday } from "./daily-fetch.ts";

const now = new Date("2026-08-06T06:00:00Z");

const hoursAgo = (hours: number) => new Date(now.valueOf() - hours * 3_600_000);

const aFetch = (more: Partial<RegistryFetch> = {}): RegistryFetch => ({
  id: RegistryFetchId.parse("0190a000-0000-7000-8000-000000000001"),
  revision: 1,
  kind: "full",
  status: "used",
  request: null,
  files: [],
  startedAt: hoursAgo(25),
  ...more,
});

/** The day after a full list, of which all is in force. */
const plan = (last: Partial<RegistryFetch> | null, more: Partial<FetchFacts> = {}) =>
  planFetch({
    lists: "changes",
    revision: 1,
    last: last && aFetch(last),
    needsFullList: false,
    isAccepted: false,
    offered: [1_818, 1_213],
    covered: [1_213, 1_818],
    now,
    ...more,
  });

const full = { step: "begin", kind: "full" };

it("fetches changes after a list that is in force", () => {
  expect(plan({})).toEqual({ step: "begin", kind: "change" });
  expect(plan({ kind: "change" })).toEqual({ step: "begin", kind: "change" });
});

it("fetches a full list first, and whenever changes have nothing to build on", () => {
  expect(plan(null)).toEqual(full);
  expect(plan({}, { lists: "full" })).toEqual(full);
  expect(plan({}, { needsFullList: true })).toEqual(full);
  expect(plan({}, { revision: 2 })).toEqual(full);
  expect(plan({ status: "lost" })).toEqual(full);
  expect(plan({ kind: "change", status: "held" })).toEqual(full);
  expect(plan({ kind: "change", status: "open" })).toEqual(full);
});

it("fetches a full list when area codes were added to the subscription or removed", () => {
  expect(plan({}, { offered: [1_818, 1_213, 1_310] })).toEqual(full);
  expect(plan({}, { offered: [1_818] })).toEqual(full);
});

it("offers a fetched edition until it was judged, and one that an officer accepted", () => {
  for (const kind of ["full", "change"] as const) {
    expect(plan({ kind, status: "whole" }).step).toBe("offer");
    expect(plan({ kind, status: "held" }, { isAccepted: true }).step).toBe("offer");
  }
  expect(plan({ kind: "change", status: "whole" }, { needsFullList: true })).toEqual(full);
  expect(plan({ status: "whole" }, { needsFullList: true }).step).toBe("offer");
});

it("continues an interrupted fetch, and one of files that are given out once a day", () => {
  const asked = plan({ kind: "change", status: "open", request: "token" });
  expect(asked.step).toBe("go-on");
  const today = { startedAt: hoursAgo(1) };
  expect(plan({ ...today, status: "open" }).step).toBe("go-on");
  expect(plan({ ...today, status: "held" }).step).toBe("go-on");
  expect(plan(today, { revision: 2 }).step).toBe("go-on");
  expect(plan({ ...today, status: "lost" })).toEqual(full);
  expect(plan({ status: "open" })).toEqual(full);
});

// New York is four hours behind UTC in August.
it.each([
  ["2026-08-05T04:00:00Z", "2026-08-06T03:59:00Z", true],
  ["2026-08-05T16:00:00Z", "2026-08-06T03:59:00Z", true],
  ["2026-08-06T03:59:00Z", "2026-08-06T04:00:00Z", false],
  ["2026-08-05T23:00:00Z", "2026-08-06T22:00:00Z", false],
  ["2026-08-04T05:00:00Z", "2026-08-06T05:00:00Z", false],
  // The day on which the clocks go back has 25 hours.
  ["2026-11-01T04:00:00Z", "2026-11-02T04:30:00Z", false],
])("taken at %s, at %s: of the same day: %s", (startedAt, now, isToday) => {
  expect(wasFetchedToday({ startedAt: new Date(startedAt) }, new Date(now))).toBe(isToday);
});
