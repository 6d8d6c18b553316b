import { z } from "zod";
import { ConsentSource } from "./consent.ts";

/** A page of consents, last recorded first. */
export const ListConsents = z.object({
  /** A phone as people write it. */
  search: z.string().trim().max(64).optional(),
  source: ConsentSource.optional(),
  /** `next` of the page before. */
  after: z.uuid().optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListConsents = z.infer<typeof ListConsents>;
