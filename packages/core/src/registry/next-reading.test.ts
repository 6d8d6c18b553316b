import { expect, it } from "vitest";
import { nextReading } from "./next-reading.ts";

it.each([
  ["after it", "2026-03-01T09:00:00Z", "2026-03-01T07:00:30Z", "2026-03-02T07:00:00.000Z"],
  ["before it", "2026-03-01T06:59:59Z", "2026-02-28T07:10:00Z", "2026-03-01T07:00:00.000Z"],
])("tells the next night %s", (_, now, swept, night) => {
  const next = nextReading("America/New_York", new Date(swept), new Date(now));
  expect(next?.toISOString()).toBe(night);
});

it.each([
  ["it was never given out", null],
  ["a night was missed", "2026-02-27T07:10:00Z"],
])("is due when %s", (_, swept) => {
  const now = new Date("2026-03-01T09:00:00Z");
  expect(nextReading("America/New_York", swept === null ? null : new Date(swept), now)).toBeNull();
});

it("waits until three where clocks skip two", () => {
  const swept = new Date("2026-03-07T08:00:00Z");
  const next = nextReading("America/New_York", swept, new Date("2026-03-08T05:00:00Z"));
  expect(next?.toISOString()).toBe("2026-03-08T07:00:00.000Z");
});
