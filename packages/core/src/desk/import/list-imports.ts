import { z } from "zod";
import { ImportId } from "../../platform/ids.ts";

/** A page of imports, last uploaded first. */
export const ListImports = z.object({
  /** `next` of the page before. */
  after: ImportId.optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListImports = z.infer<typeof ListImports>;
