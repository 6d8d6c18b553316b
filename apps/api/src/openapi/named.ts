import type { z } from "zod";

/** A schema of requests as the document shows it: what its fields are, and good requests. */
export type Named = {
  id: string;
  schema: z.ZodObject;
  fields: Record<string, string>;
  examples: readonly object[];
};
