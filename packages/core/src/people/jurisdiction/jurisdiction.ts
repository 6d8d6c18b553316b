import { z } from "zod";

/** A place with rules: `US`, `US-TX`, `DE`. */
export const JurisdictionId = z.string().regex(/^[A-Z]{2}(-[A-Z]{2})?$/);
export type JurisdictionId = z.infer<typeof JurisdictionId>;

/** `US-FL.cap`, or `policy.hours` for the organization's own. */
export type RuleId = string;

export const Weekday = z.enum(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]);
export type Weekday = z.infer<typeof Weekday>;

/** Local times `HH:MM` of the called person; `to` is excluded, and 24:00 the end of the day. */
export const HoursWindow = z.object({
  days: z.array(Weekday),
  from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  to: z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/),
});
export type HoursWindow = z.infer<typeof HoursWindow>;

/** Hours on at least one day, which end on the day on which they begin. */
export const OpenWindow = HoursWindow.extend({ days: z.array(Weekday).min(1).max(7) }).refine(
  ({ from, to }) => from < to,
);
export type OpenWindow = z.infer<typeof OpenWindow>;

/** Calling hours where the law sets none. */
export const HoursPolicy = z.object({
  windows: z.array(HoursWindow),
  /** Whether public holidays of the person's country are closed. */
  holidaysClosed: z.boolean(),
});
export type HoursPolicy = z.infer<typeof HoursPolicy>;

/** `policy.hours` as the product comes: Monday to Saturday, 09:00 to 20:00, not on holidays (contract 4). */
export const productHours: HoursPolicy = {
  windows: [{ days: ["MO", "TU", "WE", "TH", "FR", "SA"], from: "09:00", to: "20:00" }],
  holidaysClosed: true,
};
