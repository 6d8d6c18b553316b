import { answerRows, isRejected, mostRowsTold, type RowsAnswer } from "./row-outcome.ts";

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
