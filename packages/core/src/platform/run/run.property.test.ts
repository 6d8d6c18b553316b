import fc from "fast-check";
import { expect, it } from "vitest";
import { estimateSecondsLeft } from "./run.ts";

const startedAt = new Date("2026-03-01T02:00:00Z");
const after = (ms: number) => new Date(startedAt.getTime() + ms);

it("is as long as the rest takes at the pace so far", () => {
  // Up to a terabyte and an hour, so that seconds stay whole numbers of a double.
  const amount = fc.integer({ min: 1, max: 2 ** 40 });
  fc.assert(
    fc.property(amount, amount, fc.integer({ min: 1, max: 3_600_000 }), (done, rest, ms) => {
      const progress = { rows: 1, bytes: done, totalBytes: done + rest };
      const left = estimateSecondsLeft({ startedAt, heartbeatAt: after(ms), progress }) ?? -1;
      const exact = (ms / 1_000) * (rest / done);
      expect(left).toBeGreaterThanOrEqual(exact);
      expect(left).toBeLessThan(exact + 1);
    }),
  );
});

it("is nothing at the end", () => {
  const progress = { rows: 9, bytes: 100, totalBytes: 100 };
  expect(estimateSecondsLeft({ startedAt, heartbeatAt: after(5_000), progress })).toBe(0);
});

it.each([
  ["before anything was read", { rows: 0, bytes: 0, totalBytes: 100 }, after(5_000)],
  ["where the whole is not known", { rows: 1, bytes: 10 }, after(5_000)],
  ["before the first sign of life", { rows: 1, bytes: 10, totalBytes: 100 }, null],
  ["while it waits", null, null],
  ["in the moment in which it began", { rows: 1, bytes: 10, totalBytes: 100 }, startedAt],
])("is not told %s", (_, progress, heartbeatAt) => {
  expect(estimateSecondsLeft({ startedAt, heartbeatAt, progress })).toBeNull();
});
