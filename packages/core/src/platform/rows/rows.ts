import { type Fault, type Locale, type Message, faultsOf, say } from "../message/index.ts";
import { z } from "zod";

export type RowStatus = "created" | "updated" | "unchanged" | "rejected";

/** What became of one row of many; `line` counts from 1. */
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
export type RowsAnswer = { accepted: number; rejected: number; rows: readonly RowOutcome[] };

export const mostRowsTold = 10_000;

/** Of more than 10,000 rows only those are told that were rejected. */
export function answerRows(outcomes: readonly RowOutcome[]): RowsAnswer {
  const rejected = outcomes.filter(isRejected);
  return {
    accepted: outcomes.length - rejected.length,
    rejected: rejected.length,
    rows: outcomes.length > mostRowsTold ? rejected : outcomes,
  };
}

/** Of a stream in which hardly a row is right, no more than these are told; all are counted. */
export const mostRejectedTold = 100_000;

/** The answer to the parts of a stream so far, and that to one more. */
export function addAnswer(before: RowsAnswer, part: RowsAnswer): RowsAnswer {
  const accepted = before.accepted + part.accepted;
  const rejected = before.rejected + part.rejected;
  const rows = [...before.rows, ...part.rows];
  const told = accepted + rejected > mostRowsTold ? rows.filter(isRejected) : rows;
  return { accepted, rejected, rows: told.slice(0, mostRejectedTold) };
}

export const noRows: RowsAnswer = answerRows([]);

export type ReadRow<T> = { row: T; fault?: never } | { fault: Fault; row?: never };

/** A row of many as its schema reads it, or the first thing that is wrong with it. */
export function readRow<T>(schema: z.ZodType<T>, sent: unknown): ReadRow<T> {
  const { data, error } = schema.safeParse(sent);
  if (!error) return { row: data };
  const [fault] = faultsOf(error, sent);
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

/** Why a row was rejected, in words: the field at fault first, as it is called in the row. */
export function rowSentence(locale: Locale, { path, message }: RejectedRow): string {
  const field = path.slice(1).replaceAll("/", ".");
  return field === "" ? say(locale, message) : `${field}: ${say(locale, message)}`;
}
