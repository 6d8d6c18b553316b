import { z } from "zod";
import { HoursWindow } from "../../platform/time/index.ts";

/** A place with rules: `US`, `US-TX`, `DE`. */
export const JurisdictionId = z.string().regex(/^[A-Z]{2}(-[A-Z]{2})?$/);
export type JurisdictionId = z.infer<typeof JurisdictionId>;

/** `US-FL.cap`, or `policy.hours` for the organization's own. */
export type RuleId = string;

/** Calling hours where the law sets none. */
export const HoursPolicy = z.object({
  windows: z.array(HoursWindow),
  /** Whether public holidays of the person's country are closed. */
  holidaysClosed: z.boolean(),
});
export type HoursPolicy = z.infer<typeof HoursPolicy>;

/** `policy.hours` as the product comes: Monday to Saturday, 09:00 to 20:00, not on holidays (contract 4). */
export const defaultHours: HoursPolicy = {
  windows: [{ days: ["MO", "TU", "WE", "TH", "FR", "SA"], from: "09:00", to: "20:00" }],
  holidaysClosed: true,
};
