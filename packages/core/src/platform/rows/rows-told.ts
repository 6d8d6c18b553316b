import { z } from "zod";
import { type Locale } from "../message/index.ts";
import { isRejected, type RowsAnswer } from "./row-outcome.ts";
import { rowSentence } from "./row-sentence.ts";

/** The answer to many rows, in words (contract 7). */
export const RowsTold = z
  .object({
    accepted: z.int(),
    rejected: z.int(),
    rows: z
      .array(
        z.object({
          line: z.int(),
          status: z.enum(["created", "updated", "unchanged", "rejected"]),
          sentence: z.string().optional().meta({ description: "Why, and how to mend it." }),
        }),
      )
      .meta({ description: "Of more than 10,000 rows only those that were rejected." }),
  })
  .meta({ id: "Rows" });
export type RowsTold = z.infer<typeof RowsTold>;

export const tellRows = (locale: Locale, { rows, ...counts }: RowsAnswer): RowsTold => ({
  ...counts,
  rows: rows.map((row) =>
    isRejected(row)
      ? { line: row.line, status: row.status, sentence: rowSentence(locale, row) }
      : row,
  ),
});
