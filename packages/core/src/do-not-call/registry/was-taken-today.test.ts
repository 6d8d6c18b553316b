import { expect, it } from "vitest";
import { wasTakenToday } from "./was-taken-today.ts";

// New York is four hours behind UTC in August.
it.each([
  ["2026-08-05T04:00:00Z", "2026-08-06T03:59:00Z", true],
  ["2026-08-05T16:00:00Z", "2026-08-06T03:59:00Z", true],
  ["2026-08-06T03:59:00Z", "2026-08-06T04:00:00Z", false],
  ["2026-08-05T23:00:00Z", "2026-08-06T22:00:00Z", false],
  ["2026-08-04T05:00:00Z", "2026-08-06T05:00:00Z", false],
  // The day on which the clocks go back has 25 hours.
  ["2026-11-01T04:00:00Z", "2026-11-02T04:30:00Z", false],
])("taken at %s, at %s: of the same day: %s", (cameAt, now, isToday) => {
  expect(wasTakenToday({ cameAt: new Date(cameAt) }, new Date(now))).toBe(isToday);
});
