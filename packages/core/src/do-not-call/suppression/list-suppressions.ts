import { z } from "zod";
import { SuppressionId } from "../../platform/ids.ts";
import { SuppressionReason } from "./suppression.ts";

/** A page of suppressions, last recorded first. */
export const ListSuppressions = z.object({
  /** A phone as people write it. */
  search: z.string().trim().max(64).optional(),
  reason: SuppressionReason.optional(),
  /** Whether those that have ended are listed too. */
  ended: z.boolean().default(false),
  /** `next` of the page before. */
  after: SuppressionId.optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListSuppressions = z.infer<typeof ListSuppressions>;
