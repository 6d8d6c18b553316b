import type { Readable } from "node:stream";
import { z } from "zod";

/** A body that is a file, which request validation does not read. */
export const textBody = z.unknown().meta({ type: "string" });

/** Answer of a route that returns a file. */
export const csvFile = {
  description: "The file.",
  content: { "text/csv": { schema: z.custom<Readable>().meta({ type: "string" }) } },
};

/** Answer of a route that returns a document. */
export const pdfFile = {
  description: "The file.",
  content: {
    "application/pdf": { schema: z.custom<Buffer>().meta({ type: "string", format: "binary" }) },
  },
};
