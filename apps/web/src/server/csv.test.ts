import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, it } from "vitest";
import { csvLine } from "./csv";

it("writes CSV that another reader reads back", () => {
  const text = fc.string({ unit: "grapheme" }).filter((text) => !/^[=+\-@\t\r]/.test(text));
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

it("leaves a number below zero a number", () => {
  expect(csvLine([-5])).toBe("-5\r\n");
});
