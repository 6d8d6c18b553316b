import { expect, it } from "vitest";
import { listStateDays } from "./state-days.ts";

it.each([
  ["US-RI", 2025, ["2025-05-04", "2025-05-05"]],
  ["US-RI", 2026, ["2026-05-04", "2026-11-03"]],
  ["US-RI", 2031, ["2031-05-04", "2031-05-05"]],
  ["US-PA", 2026, ["2026-04-03", "2026-11-03"]],
  ["US-PA", 2028, ["2028-04-14", "2028-11-07"]],
  ["US-PA", 2031, ["2031-04-11", "2031-11-04"]],
  ["US-LA", 2026, ["2026-11-27"]],
  ["US-LA", 2030, ["2030-11-29"]],
  ["BR-RJ", 2023, []],
  ["BR-RJ", 2026, ["2026-11-20"]],
  ["ES-VC", 2026, ["2026-10-09"]],
  ["US-TX", 2026, []],
])("adds to %s in %i: %j", (calendar, year, days) => {
  expect(listStateDays(calendar, year)).toEqual(days);
});
