import { expect, it } from "vitest";
import { RegistryId } from "../../platform/ids.ts";
import { type ReadingSchedule, findNextReading, nightlySchedule } from "./reading-schedule.ts";

/** In a window of one hour, this registry is read at minute 15. */
const registryId = RegistryId.parse("0199f2d2-5f00-7000-8000-00000000000f");
const atTwo = { ...nightlySchedule, withinMinutes: 0 };
const next = (swept: string | null, now: string, schedule: ReadingSchedule = atTwo) => {
  const reading = { id: registryId, zone: "America/New_York", schedule };
  const sweptAt = swept === null ? null : new Date(swept);
  return findNextReading(reading, sweptAt, new Date(now))?.toISOString() ?? null;
};

it.each([
  ["after it", "2026-03-01T09:00:00Z", "2026-03-01T07:00:30Z", "2026-03-02T07:00:00.000Z"],
  ["before it", "2026-03-01T06:59:59Z", "2026-02-28T07:10:00Z", "2026-03-01T07:00:00.000Z"],
])("returns the next night %s", (_, now, swept, night) => {
  expect(next(swept, now)).toBe(night);
});

it.each([
  ["it was never given out", null],
  ["a night was missed", "2026-02-27T07:10:00Z"],
])("is due when %s", (_, swept) => {
  expect(next(swept, "2026-03-01T09:00:00Z")).toBeNull();
});

it("waits until three if the clocks skip two", () => {
  expect(next("2026-03-07T08:00:00Z", "2026-03-08T05:00:00Z")).toBe("2026-03-08T07:00:00.000Z");
});

it("has its own minute in the window", () => {
  const [swept, now] = ["2026-03-01T09:00:00Z", "2026-03-01T10:00:00Z"];
  expect(next(swept, now, nightlySchedule)).toBe("2026-03-02T07:15:00.000Z");
  expect(next(swept, now, { ...nightlySchedule, fromMinute: 1_430 })).toBe(
    "2026-03-02T05:05:00.000Z",
  );
});

it("comes on the chosen weekdays, by the local day on which the window opens", () => {
  const mondays = { ...atTwo, fromMinute: 1_380, weekdays: [0] };
  expect(next("2026-03-01T09:00:00Z", "2026-03-01T10:00:00Z", mondays)).toBe(
    "2026-03-03T04:00:00.000Z",
  );
  expect(next("2026-03-03T03:59:00Z", "2026-03-03T04:01:00Z", mondays)).toBeNull();
});
