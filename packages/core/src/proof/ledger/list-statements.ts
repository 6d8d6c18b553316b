import { z } from "zod";

/** A page of statements, after the one of this id. */
export const ListStatements = z.object({
  after: z.guid().optional(),
  limit: z.int().min(1).max(100).default(50),
});
export type ListStatements = z.infer<typeof ListStatements>;
