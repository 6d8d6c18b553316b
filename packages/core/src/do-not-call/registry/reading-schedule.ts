import { z } from "zod";
import { Zone } from "../../platform/time/index.ts";

/** When registries are read, by the organization's clock. */
export const ReadingSchedule = z.strictObject({
  /** The minute after midnight at which its window opens. */
  fromMinute: z.int().min(0).max(1_439),
  /** How long the window is: each registry has a minute of its own in it, so that few ask at once. */
  withinMinutes: z.int().min(0).max(720),
  /** The weekdays on which it opens, 0 being Monday. */
  weekdays: z.array(z.int().min(0).max(6)).min(1).max(7),
});
export type ReadingSchedule = z.infer<typeof ReadingSchedule>;

/** Every night, in the hour after two. */
export const nightly: ReadingSchedule = {
  fromMinute: 120,
  withinMinutes: 60,
  weekdays: [0, 1, 2, 3, 4, 5, 6],
};

/** When an organization's registries are read, and by which clock. */
export const SetReadings = z.strictObject({ zone: Zone, readings: ReadingSchedule });
export type SetReadings = z.infer<typeof SetReadings>;
