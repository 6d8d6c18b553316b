import { expect, it } from "vitest";
import {
  type RowOutcome,
  mergeSummaries,
  summarizeRows,
  MAX_REJECTED_LISTED,
  noRows,
  rejected,
  formatRejection,
} from "./rows.ts";

const outcomes = (count: number): RowOutcome[] =>
  Array.from({ length: count }, (_, index) =>
    index === 1 ? rejected(2, { key: "contact.unnamed" }) : { line: index + 1, status: "created" },
  );

it("lists and counts every row", () => {
  const answer = summarizeRows(outcomes(3));
  expect(answer).toMatchObject({ accepted: 2, rejected: 1 });
  expect(answer.rows).toHaveLength(3);
});

it("lists only rejected rows if there are very many", () => {
  const answer = summarizeRows(outcomes(10_001));
  expect(answer).toMatchObject({ accepted: 10_000, rejected: 1, rows: [{ line: 2 }] });
});

/** The answer to 1,000 rows from a line on, of which every so manieth is rejected. */
const part = (firstLine: number, rejectEvery: number) =>
  summarizeRows(
    Array.from({ length: 1_000 }, (_, index): RowOutcome => {
      const line = firstLine + index;
      return index % rejectEvery === 0
        ? rejected(line, { key: "contact.unnamed" })
        : { line, status: "created" };
    }),
  );

const stream = (parts: number, rejectEvery: number) =>
  Array.from({ length: parts }, (_, index) => part(index * 1_000 + 1, rejectEvery)).reduce(
    mergeSummaries,
    noRows,
  );

it("lists every row of ten parts", () => {
  const { rows, ...counts } = stream(10, 10);
  expect(counts).toEqual({ accepted: 9_000, rejected: 1_000 });
  expect(rows.map(({ line }) => line)).toEqual(Array.from({ length: 10_000 }, (_, i) => i + 1));
});

it("lists only rejected rows above the limit, and still counts all", () => {
  const { rows, ...counts } = stream(20, 500);
  expect(counts).toEqual({ accepted: 19_960, rejected: 40 });
  expect(rows.map(({ line }) => line).slice(0, 3)).toEqual([1, 501, 1_001]);
  expect(rows).toHaveLength(40);
});

it("limits the list of faults", () => {
  const { rows, rejected } = stream(MAX_REJECTED_LISTED / 1_000 + 1, 1);
  expect([rows.length, rejected]).toEqual([MAX_REJECTED_LISTED, MAX_REJECTED_LISTED + 1_000]);
});

it("names the field at fault, as it is called in the row", () => {
  const row = rejected(3, { key: "fault.missing" }, "/phones/0");
  expect(formatRejection("en", row)).toBe("phones.0: This field is required.");
});

it("speaks of the whole row where no field is at fault", () => {
  expect(formatRejection("ru", rejected(3, { key: "contact.unnamed" }))).toMatch(/^Укажите/);
});
