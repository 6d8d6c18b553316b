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

it.each(["+79161234567", "+12145550142", "Ada", "7 916", "", "a=1", "'quoted'"])(
  "leaves %j unchanged",
  (text) => expect(guardFormula(text)).toBe(text),
);

it.each([
  "=1+1",
  "@SUM(A1)",
  "-2+3",
  "\t=1",
  "\r=1",
  "+1",
  "+1+cmd|' /C calc'!A0",
  "+79161234567+cmd|' /C calc'!A0",
  "+79161234567 +79161234568",
  "+79161234567-1",
  "+79161234567\n=1+1",
  "+7916123456789012",
  "+0000000000",
  "+79161234567 ",
  "＝1+1",
  "＋1",
  "－2+3",
  "＠SUM(A1)",
  " =1+1",
  "\u00a0=1+1",
  "\n=1+1",
  "\ufeff=1+1",
  "\u200b+1",
  "\u0001@SUM(A1)",
])("keeps spreadsheets from running %j as a formula", (text) => {
  expect(guardFormula(text)).toBe(`'${text}`);
});

it("restores every guarded text that did not begin with an apostrophe itself", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc
      .tuple(
        fc.constantFrom("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠", "\u200b="),
        fc.string(),
      )
      .map((all) => all.join("")),
  );
  fc.assert(
    fc.property(
      text.filter((text) => !text.startsWith("'")),
      (text) => {
        expect(unguardFormula(guardFormula(text))).toBe(text);
      },
    ),
  );
});
