import { z } from "zod";

/** A place with rules: `US`, `US-TX`, `DE`. */
export const JurisdictionId = z.string().regex(/^[A-Z]{2}(-[A-Z]{2})?$/);
export type JurisdictionId = z.infer<typeof JurisdictionId>;

/** `US-FL.cap`, or `policy.hours` for the organization's own. */
export type RuleId = string;

export const Weekday = z.enum(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]);
export type Weekday = z.infer<typeof Weekday>;

/** Local times `HH:MM` of the called person; `to` is excluded. */
export const HoursWindow = z.object({
  days: z.array(Weekday),
  from: z.string().regex(/^\d{2}:\d{2}$/),
  to: z.string().regex(/^\d{2}:\d{2}$/),
});
export type HoursWindow = z.infer<typeof HoursWindow>;

/** Calling hours where the law sets none. */
export const HoursPolicy = z.object({
  windows: z.array(HoursWindow),
  /** Whether public holidays of the person's country are closed. */
  holidaysClosed: z.boolean(),
});
export type HoursPolicy = z.infer<typeof HoursPolicy>;
