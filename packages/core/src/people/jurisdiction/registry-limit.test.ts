import { expect, it } from "vitest";
import { limitDaysOn } from "./registry-limit.ts";

it.each([
  ["US-FTC-DNC", 31],
  ["US-TX-DNC", 60],
  // An answer of the very instant is asked for: no age at all is allowed.
  ["IN-NCPR-DLT", 0],
  // Rules name it, and set no limit.
  ["BR-SP-NML", 90],
  ["OUR-OWN", 90],
])("of %s an edition may be %s days old", (code, days) => {
  expect(limitDaysOn("2026-03-01", code, 90)).toBe(days);
});

it("goes by the rules that are in force on the day", () => {
  expect(limitDaysOn("2026-08-10", "FR-BLOCTEL", 90)).toBe(30);
  expect(limitDaysOn("2026-08-11", "FR-BLOCTEL", 90)).toBe(90);
});
