import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, it } from "vitest";
import { guardFormula } from "@ringfence/core/platform/csv";
import { csvLine } from "./csv";

it("writes CSV that another reader reads back", () => {
  const text = fc.string({ unit: "grapheme" }).filter((text) => guardFormula(text) === text);
  fc.assert(
    fc.property(fc.array(text, { minLength: 2, maxLength: 5 }), (cells) => {
      expect(parse(csvLine(cells), { record_delimiter: "\r\n" })).toEqual([cells]);
    }),
  );
});

it("writes numbers, instants and empty cells", () => {
  expect(csvLine([1204880, new Date("2026-03-01T02:00:00Z"), null])).toBe(
    "1204880,2026-03-01T02:00:00.000Z,\r\n",
  );
});

it.each(["=1+1", "+1", "-1", "@a", "\tx"])("prevents spreadsheets from calculating %j", (text) => {
  expect(parse(csvLine([text]))).toEqual([[`'${text}`]]);
});

it("writes phones unchanged, and guards a cell that only starts like one", () => {
  expect(csvLine(["+79161234567", "+1+cmd|' /C calc'!A0", "+79161234567 +1"])).toBe(
    "+79161234567,'+1+cmd|' /C calc'!A0,'+79161234567 +1\r\n",
  );
});

/** Reads lines as Excel in Russian or German does: it splits at semicolons, and quotes inside a cell are signs like others. */
const parseBySemicolons = (text: string): string[] =>
  parse(text, { delimiter: ";", relax_quotes: true, relax_column_count: true }).flat();

it.each([
  "x;=cmd|'/C calc'!A0;",
  'x, y;  "=1+1;z',
  "x;\"=cmd|'/C calc'!A0;y\"",
  "x\n=1+1",
  "x;\t@SUM(A1)",
  "x;\u00a0-2+3",
])("writes %j without a formula, even for spreadsheets that split at semicolons", (text) => {
  const cells = parseBySemicolons(csvLine(["Ada", text, "Berlin"]));
  expect(cells.length).toBeGreaterThan(1);
  expect(cells.filter((cell) => /^[\s"]*[=+\-@]/.test(cell))).toEqual([]);
});

it("leaves a number below zero a number", () => {
  expect(csvLine([-5])).toBe("-5\r\n");
});
