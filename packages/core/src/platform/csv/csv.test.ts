import { expect, it } from "vitest";
import { csvLine, guardFormula, unguardFormula } from "./csv.ts";
import fc from "fast-check";

it.each([
  [["a", "b"], ",", "a,b\r\n"],
  [["a,b", "c;d"], ",", '"a,b",c;d\r\n'],
  [["a,b", "c;d"], ";", 'a,b;"c;d"\r\n'],
  [['say "no"', "two\nlines", ""], ",", '"say ""no""","two\nlines",\r\n'],
])("writes %j with %j", (cells, delimiter, line) => {
  expect(csvLine(cells, delimiter)).toBe(line);
});

it.each([
  "+79161234567",
  "+12145550142; +79161234567",
  "+12145550142;+79161234567;+12145550143",
  "Ada",
  "7 916",
  "",
  "a=1",
  "'quoted'",
  "first; second",
  "a;b=1",
  "two\nlines - and more",
])("leaves %j unchanged", (text) => expect(guardFormula(text)).toBe(text));

it.each([
  "=1+1",
  "@SUM(A1)",
  "-2+3",
  "+1",
  "+1+cmd|' /C calc'!A0",
  "+79161234567+cmd|' /C calc'!A0",
  "+79161234567 +79161234568",
  "+79161234567-1",
  "+7916123456789012",
  "+0000000000",
  "+79161234567 ",
  "＝1+1",
  "＋1",
  "－2+3",
  "＠SUM(A1)",
  " =1+1",
  "\u00a0=1+1",
  "\ufeff=1+1",
  "\u200b+1",
  "\u0001@SUM(A1)",
])("keeps spreadsheets from running %j as a formula", (text) => {
  expect(guardFormula(text)).toBe(`'${text}`);
});

it.each([
  ["x;=cmd|'/C calc'!A0;", "x;'=cmd|'/C calc'!A0;"],
  ["x;  =1", "x;'  =1"],
  ["x\t@SUM(A1)", "x\t'@SUM(A1)"],
  ["x\n-1", "x\n'-1"],
  ["x;\r\n+1", "x;\r\n'+1"],
  ['x;"=1+1', `x;'"=1+1`],
  ["x;\u200b＝1", "x;'\u200b＝1"],
  ["+1;=2;a;@b", "'+1;'=2;a;'@b"],
  ["=1;+79161234567", "'=1;'+79161234567"],
  ["note; +79161234567", "note;' +79161234567"],
  ["+79161234567; +1*2", "'+79161234567;' +1*2"],
  ["+79161234567\n=1+1", "'+79161234567\n'=1+1"],
  ["\t=1", "'\t'=1"],
  ["\r=1", "'\r'=1"],
  ["\n=1+1", "'\n'=1+1"],
])("keeps spreadsheets that split %j from running a part of it", (text, guarded) => {
  expect(guardFormula(text)).toBe(guarded);
  expect(unguardFormula(guarded)).toBe(text);
});

it("restores every guarded text that had no apostrophe itself", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.string({ unit: fc.constantFrom("=", "+", ";", "\t", "\n", '"', " ", "a", "1") }),
    fc
      .tuple(
        fc.constantFrom("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠", "\u200b="),
        fc.string(),
      )
      .map((all) => all.join("")),
  );
  fc.assert(
    fc.property(
      text.filter((text) => !text.includes("'")),
      (text) => {
        expect(unguardFormula(guardFormula(text))).toBe(text);
      },
    ),
  );
});

it("leaves no part of a text that spreadsheets would run, wherever they split it", () => {
  const unit = fc.constantFrom("=", "+", "-", "＠", ";", "\t", "\n", '"', " ", "\u200b", "a", "1");
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
      const [head = "", ...others] = guardFormula(text).split(/[;\t\r\n]/);
      expect(head).not.toMatch(/^[\s\u200b]*[=+\-＠]/);
      expect(others.filter((part) => /^[\s\u200b"]*[=+\-＠]/.test(part))).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});
