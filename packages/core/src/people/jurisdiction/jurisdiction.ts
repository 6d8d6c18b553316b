import { z } from "zod";
import { HoursWindow } from "../../platform/time/index.ts";

/** Id of a jurisdiction: `US`, `US-TX`, `DE`. */
export const JurisdictionId = z.string().regex(/^[A-Z]{2}(-[A-Z]{2})?$/);
export type JurisdictionId = z.infer<typeof JurisdictionId>;

/**
 * Id of a rule of law (`US-FL.cap`), or of hours that are not law: `policy.hours` of the organization,
 * `campaign.hours`.
 */
export type RuleId = string;

/**
 * Calling hours that are not law. Those of the organization apply where the law sets none; hours that it chose itself,
 * and those of a campaign, apply in addition to the law.
 */
export const HoursPolicy = z.object({
  windows: z.array(HoursWindow),
  /** True if the public holidays of the person's country are closed. */
  holidaysClosed: z.boolean(),
});
export type HoursPolicy = z.infer<typeof HoursPolicy>;

/** Default of `policy.hours`: Monday to Saturday, 09:00 to 20:00, not on holidays (contract 4). */
export const defaultHours: HoursPolicy = {
  windows: [{ days: ["MO", "TU", "WE", "TH", "FR", "SA"], from: "09:00", to: "20:00" }],
  holidaysClosed: true,
};
