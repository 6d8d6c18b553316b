import type { z } from "zod";

/** A request schema as the document shows it: descriptions of its fields, and example requests. */
export type Named = {
  id: string;
  schema: z.ZodObject;
  fields: Record<string, string>;
  examples: readonly object[];
};
