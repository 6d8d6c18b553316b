import { z } from "zod";
import { OfferId } from "../../platform/ids.ts";

/** Calls of a lower chance are held back; null holds nobody back. */
const Threshold = z.number().min(0).max(1).nullable();

/** Of all offers, or of one: `of-all` lets it go by that of all again. */
export const SetThreshold = z.union([
  z.strictObject({ threshold: Threshold }),
  z.strictObject({ offerId: OfferId, threshold: z.union([Threshold, z.literal("of-all")]) }),
]);
export type SetThreshold = z.infer<typeof SetThreshold>;
