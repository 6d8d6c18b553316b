import { z } from "zod";

export const Weekday = z.enum(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]);
export type Weekday = z.infer<typeof Weekday>;

/** Local times `HH:MM` of the called person. `to` is exclusive; 24:00 is the end of the day. */
export const HoursWindow = z.object({
  days: z.array(Weekday),
  from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  to: z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/),
});
export type HoursWindow = z.infer<typeof HoursWindow>;

/** Hours on at least one day. They end on the day on which they begin. */
export const OpenWindow = HoursWindow.extend({ days: z.array(Weekday).min(1).max(7) }).refine(
  ({ from, to }) => from < to,
);
export type OpenWindow = z.infer<typeof OpenWindow>;
