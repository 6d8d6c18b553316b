import { expect, it } from "vitest";
import { answerRows, rejected, type RowOutcome } from "./row-outcome.ts";

const outcomes = (count: number): RowOutcome[] =>
  Array.from({ length: count }, (_, index) =>
    index === 1 ? rejected(2, { key: "contact.unnamed" }) : { line: index + 1, status: "created" },
  );

it("tells every row, and counts them", () => {
  const answer = answerRows(outcomes(3));
  expect(answer).toMatchObject({ accepted: 2, rejected: 1 });
  expect(answer.rows).toHaveLength(3);
});

it("tells of very many rows only those that were rejected", () => {
  const answer = answerRows(outcomes(10_001));
  expect(answer).toMatchObject({ accepted: 10_000, rejected: 1, rows: [{ line: 2 }] });
});
