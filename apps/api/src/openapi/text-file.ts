import type { Readable } from "node:stream";
import { z } from "zod";

/** A body that is a file, and that the checks of requests leave unread. */
export const textBody = z.unknown().meta({ type: "string" });

/** The answer of a route that gives a file. */
export const csvFile = {
  description: "The file.",
  content: { "text/csv": { schema: z.custom<Readable>().meta({ type: "string" }) } },
};

/** The answer of a route that gives a document. */
export const pdfFile = {
  description: "The file.",
  content: {
    "application/pdf": { schema: z.custom<Buffer>().meta({ type: "string", format: "binary" }) },
  },
};
