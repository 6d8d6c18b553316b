import type { Fault, Message } from "../message/index.ts";

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
