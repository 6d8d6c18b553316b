import { z } from "zod";
import { OptOutId } from "../../platform/ids.ts";
import { OptOutChannel } from "./opt-out.ts";

/** A page of opt-outs, newest first. */
export const ListOptOuts = z.object({
  /** A phone number in any format, or a reference. */
  search: z.string().trim().max(64).optional(),
  channel: OptOutChannel.optional(),
  /** `next` of the previous page. */
  after: OptOutId.optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListOptOuts = z.infer<typeof ListOptOuts>;
