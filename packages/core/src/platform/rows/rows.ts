import { type Fault, type Locale, type Message, toFaults, say } from "../message/index.ts";
import { z } from "zod";

export type RowStatus = "created" | "updated" | "unchanged" | "rejected";

/** Outcome of one row among many; `line` counts from 1. */
export type RowOutcome = { line: number; status: Exclude<RowStatus, "rejected"> } | RejectedRow;

/** Why, and what in the row is at fault: a JSON pointer, empty for the whole. */
export type RejectedRow = { line: number; status: "rejected" } & Fault;

export const rejected = (line: number, message: Message, path = ""): RejectedRow => ({
  line,
  status: "rejected",
  path,
  message,
});

export const isRejected = (outcome: RowOutcome): outcome is RejectedRow =>
  outcome.status === "rejected";

/** The answer to many rows (contract 7). */
export type RowsSummary = { accepted: number; rejected: number; rows: readonly RowOutcome[] };

export const MAX_ROWS_LISTED = 10_000;

/** Counts the outcomes. Of more than 10,000 rows, only rejected ones are listed. */
export function summarizeRows(outcomes: readonly RowOutcome[]): RowsSummary {
  const rejected = outcomes.filter(isRejected);
  return {
    accepted: outcomes.length - rejected.length,
    rejected: rejected.length,
    rows: outcomes.length > MAX_ROWS_LISTED ? rejected : outcomes,
  };
}

/** Most rejected rows that are listed for a stream. All are counted. */
export const MAX_REJECTED_LISTED = 100_000;

/** The answer to the parts of a stream so far, and that to one more. */
export function mergeSummaries(before: RowsSummary, part: RowsSummary): RowsSummary {
  const accepted = before.accepted + part.accepted;
  const rejected = before.rejected + part.rejected;
  const rows = [...before.rows, ...part.rows];
  const told = accepted + rejected > MAX_ROWS_LISTED ? rows.filter(isRejected) : rows;
  return { accepted, rejected, rows: told.slice(0, MAX_REJECTED_LISTED) };
}

export const noRows: RowsSummary = summarizeRows([]);

export type ReadRow<T> = { row: T; fault?: never } | { fault: Fault; row?: never };

/** A row of many as its schema reads it, or the first thing that is wrong with it. */
export function readRow<T>(schema: z.ZodType<T>, sent: unknown): ReadRow<T> {
  const { data, error } = schema.safeParse(sent);
  if (!error) return { row: data };
  const [fault] = toFaults(error, sent);
  return { fault: fault ?? { path: "", message: { key: "fault.other" } } };
}

/** Rows as they were sent: each is read by itself, so that a bad one never loses a good one. */
export const ManyRows = z.object({
  rows: z.array(z.unknown()).readonly(),
  /** The line of the first: that of a part of a stream is not 1. */
  firstLine: z.int().optional(),
});
export type ManyRows = z.infer<typeof ManyRows>;

/** The answer to many rows, in words (contract 7). */
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

/** Why a row was rejected, in words: the field at fault first, as it is called in the row. */
export function formatRejection(locale: Locale, { path, message }: RejectedRow): string {
  const field = path.slice(1).replaceAll("/", ".");
  return field === "" ? say(locale, message) : `${field}: ${say(locale, message)}`;
}
