import { type Fault, type Locale, type Message, toFaults, say } from "../message/index.ts";
import { z } from "zod";

export type RowStatus = "created" | "updated" | "unchanged" | "rejected";

/** Outcome of one row of a request or file with many rows. `line` counts from 1. */
export type RowOutcome = { line: number; status: Exclude<RowStatus, "rejected"> } | RejectedRow;

/** A rejected row: what is wrong, and a JSON pointer to the field, empty for the whole row. */
export type RejectedRow = { line: number; status: "rejected" } & Fault;

/** Creates the outcome of a rejected row. `path` is a JSON pointer to the field; empty for the whole row. */
export const rejected = (line: number, message: Message, path = ""): RejectedRow => ({
  line,
  status: "rejected",
  path,
  message,
});

export const isRejected = (outcome: RowOutcome): outcome is RejectedRow =>
  outcome.status === "rejected";

/** Summary of many rows (contract 7). */
export type RowsSummary = { accepted: number; rejected: number; rows: readonly RowOutcome[] };

/** With more rows than this, a summary lists only the rejected ones. */
export const MAX_ROWS_LISTED = 10_000;

/** Counts the outcomes. With more than 10,000 rows, only the rejected ones are listed. */
export function summarizeRows(outcomes: readonly RowOutcome[]): RowsSummary {
  const rejected = outcomes.filter(isRejected);
  return {
    accepted: outcomes.length - rejected.length,
    rejected: rejected.length,
    rows: outcomes.length > MAX_ROWS_LISTED ? rejected : outcomes,
  };
}

/** Maximum number of rejected rows that are listed for a stream. All of them are counted. */
export const MAX_REJECTED_LISTED = 100_000;

/** Adds the summary of the next part of a stream to that of the parts before it. */
export function mergeSummaries(before: RowsSummary, part: RowsSummary): RowsSummary {
  const accepted = before.accepted + part.accepted;
  const rejected = before.rejected + part.rejected;
  const rows = [...before.rows, ...part.rows];
  const listed = accepted + rejected > MAX_ROWS_LISTED ? rows.filter(isRejected) : rows;
  return { accepted, rejected, rows: listed.slice(0, MAX_REJECTED_LISTED) };
}

export const noRows: RowsSummary = summarizeRows([]);

export type ReadRow<T> = { row: T; fault?: never } | { fault: Fault; row?: never };

/** Parses a row by its schema, or returns the first fault. */
export function readRow<T>(schema: z.ZodType<T>, sent: unknown): ReadRow<T> {
  const { data, error } = schema.safeParse(sent);
  if (!error) return { row: data };
  const [fault] = toFaults(error, sent);
  return { fault: fault ?? { path: "", message: { key: "fault.other" } } };
}

/** Rows as a caller sent them. Each is parsed separately, so that an invalid row does not affect the others. */
export const ManyRows = z.object({
  rows: z.array(z.unknown()).readonly(),
  /** Line number of the first row. Greater than 1 for a later part of a stream. */
  firstLine: z.int().optional(),
});
export type ManyRows = z.infer<typeof ManyRows>;

/** Response to many rows, in words (contract 7). */
export const RowsResponse = z
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
export type RowsResponse = z.infer<typeof RowsResponse>;

export const toRowsResponse = (locale: Locale, { rows, ...counts }: RowsSummary): RowsResponse => ({
  ...counts,
  rows: rows.map((row) =>
    isRejected(row)
      ? { line: row.line, status: row.status, sentence: formatRejection(locale, row) }
      : row,
  ),
});

/** Formats the reason why a row was rejected: the name of the field, then the sentence. */
export function formatRejection(locale: Locale, { path, message }: RejectedRow): string {
  const field = path.slice(1).replaceAll("/", ".");
  return field === "" ? say(locale, message) : `${field}: ${say(locale, message)}`;
}
