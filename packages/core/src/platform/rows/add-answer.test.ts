import { expect, it } from "vitest";
import { addAnswer, mostRejectedTold, noRows } from "./add-answer.ts";
import { answerRows, rejected, type RowOutcome } from "./row-outcome.ts";

/** The answer to 1,000 rows from a line on, of which every so manieth is rejected. */
const part = (firstLine: number, rejectEvery: number) =>
  answerRows(
    Array.from({ length: 1_000 }, (_, index): RowOutcome => {
      const line = firstLine + index;
      return index % rejectEvery === 0
        ? rejected(line, { key: "contact.unnamed" })
        : { line, status: "created" };
    }),
  );
const stream = (parts: number, rejectEvery: number) =>
  Array.from({ length: parts }, (_, index) => part(index * 1_000 + 1, rejectEvery)).reduce(
    addAnswer,
    noRows,
  );

it("tells every row of ten parts", () => {
  const { rows, ...counts } = stream(10, 10);
  expect(counts).toEqual({ accepted: 9_000, rejected: 1_000 });
  expect(rows.map(({ line }) => line)).toEqual(Array.from({ length: 10_000 }, (_, i) => i + 1));
});

it("tells of more only what was rejected, and still counts all", () => {
  const { rows, ...counts } = stream(20, 500);
  expect(counts).toEqual({ accepted: 19_960, rejected: 40 });
  expect(rows.map(({ line }) => line).slice(0, 3)).toEqual([1, 501, 1_001]);
  expect(rows).toHaveLength(40);
});

it("tells no endless list of what is wrong", () => {
  const { rows, rejected } = stream(mostRejectedTold / 1_000 + 1, 1);
  expect([rows.length, rejected]).toEqual([mostRejectedTold, mostRejectedTold + 1_000]);
});
