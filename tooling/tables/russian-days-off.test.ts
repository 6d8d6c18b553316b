import { expect, it } from "vitest";
import { russianDaysOff } from "./russian-days-off.ts";

it.each([
  [2019, ["2019-05-02", "2019-05-03", "2019-05-10"], "a Saturday that the Government moved"],
  [2022, ["2022-03-07", "2022-05-02", "2022-05-03", "2022-05-10", "2022-06-13"], "two Sundays"],
  [2025, ["2025-05-02", "2025-05-08", "2025-06-13", "2025-11-03", "2025-12-31"], "five moves"],
  [2026, ["2026-01-09", "2026-03-09", "2026-05-11", "2026-12-31"], "both kinds"],
  [2027, ["2027-05-03", "2027-05-10", "2027-06-14"], "no decree yet"],
])("takes the days off of %i: %j (%s)", (year, expected) => {
  expect(russianDaysOff(year).toSorted()).toEqual(expected);
});
