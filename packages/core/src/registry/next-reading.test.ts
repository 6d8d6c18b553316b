import { expect, it } from "vitest";
import { nextReading } from "./next-reading.ts";

const at = (time: string) => new Date(`2026-03-01T${time}Z`);

it.each([
  ["after tonight's reading", "2026-03-01T07:00:30Z", "2026-03-02T07:00:00.000Z"],
  ["before tonight's, when last night's was made", "2026-02-28T07:10:00Z", null],
  ["when it was never given out", null, "now"],
  ["when a night was missed", "2026-02-27T07:10:00Z", "now"],
])("tells the next night %s", (_, swept, expected) => {
  const now = expected === null ? at("06:59:59") : at("09:00:00");
  const next = nextReading("America/New_York", swept === null ? null : new Date(swept), now);
  const awaited = expected === "now" ? now.toISOString() : expected;
  expect(next.toISOString()).toBe(awaited ?? "2026-03-01T07:00:00.000Z");
});

it("waits until three where clocks skip two", () => {
  const swept = new Date("2026-03-07T08:00:00Z");
  const next = nextReading("America/New_York", swept, new Date("2026-03-08T05:00:00Z"));
  expect(next.toISOString()).toBe("2026-03-08T07:00:00.000Z");
});
