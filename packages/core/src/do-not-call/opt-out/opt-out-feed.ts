import { z } from "zod";
import { said } from "../../platform/message/index.ts";

/** A page of the feed: what changed after a cursor that was handed out, in the order of commits. */
export const OptOutFeed = z.object({
  /** `next` of the page before; left out, from the beginning. */
  after: z
    .string()
    .regex(/^\d{1,18}$/, said("fault.cursor"))
    .optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
});
export type OptOutFeed = z.infer<typeof OptOutFeed>;
