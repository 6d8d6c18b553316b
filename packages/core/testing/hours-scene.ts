import type { HoursInput } from "../src/people/jurisdiction/calling-hours/hours-rules-in-force.ts";
import { checkCallingHours } from "../src/people/jurisdiction/calling-hours/check-hours.ts";
import { bundledRuleBook } from "../src/people/jurisdiction/index.ts";
import { instantIn } from "../src/platform/time/index.ts";

export const zone = "America/Chicago";

/** A call to Texas, at an hour that each test names. Each test spoils one thing. */
export const clear: Omit<HoursInput, "at"> = {
  law: bundledRuleBook,
  zones: [zone],
  jurisdictions: ["US-TX"],
  countries: ["US"],
  facts: { purpose: ["promotional"], outcome: ["other"], state: ["TX"] },
  policy: {
    windows: [{ days: ["MO", "TU", "WE", "TH", "FR", "SA"], from: "09:00", to: "20:00" }],
    holidaysClosed: true,
  },
};

/** The call when the clock of its first zone shows `reading`. */
export function at(reading: string, spoilt: Partial<HoursInput> = {}): HoursInput {
  const input = { ...clear, ...spoilt };
  const instant = instantIn(input.zones[0] ?? zone, reading);
  if (instant === null) throw new Error(`No reading of a clock: ${reading}`);
  return { ...input, at: instant };
}

/** The rule and the reason, or `allow`. */
export function told(input: HoursInput): string {
  const fault = checkCallingHours(input);
  return fault === null ? "allow" : `${fault.rule} ${fault.reason}`;
}

export const [hour, day] = ["outside-calling-hours", "day-not-allowed"] as const;
