import { z } from "zod";

/** Calls of a lower chance are held back; null holds nobody back. */
export const SetThreshold = z.object({ threshold: z.number().min(0).max(1).nullable() });
export type SetThreshold = z.infer<typeof SetThreshold>;
