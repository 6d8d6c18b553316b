import { expect, it } from "vitest";
import { toBytes } from "../../../testing/registry-files.ts";
import type { CsvMapping } from "./format.ts";
import { guessMapping, previewMapping } from "./mapping-sample.ts";

const text = "name;phone;state\nAda;(201) 555-0100;A\nBob;201-555-0101;D\n";

function guess(text: string): CsvMapping {
  const mapping = guessMapping(toBytes(text), true, "US");
  if (mapping === null) throw new Error(text);
  return mapping;
}
const preview = (text: string, mapping = guess(text), isWhole = true) =>
  previewMapping(toBytes(text), isWhole, "list.csv", mapping);

it("guesses the mapping of a table", () => {
  expect(guess(text)).toMatchObject({
    kind: "snapshot",
    delimiter: ";",
    encoding: "utf-8",
    hasHeader: true,
    phoneColumns: ["phone"],
    region: "US",
  });
  expect(guess("x,+12015550100\n")).toMatchObject({ hasHeader: false, phoneColumns: [2] });
  expect(guess("a,b\n1,2\n")).toMatchObject({ phoneColumns: ["a"] });
});

it("guesses nothing from an empty sample", () => {
  expect(guessMapping(toBytes(""), true, "US")).toBeNull();
});

it("shows rows, and what they list", () => {
  expect(preview(text)).toEqual({
    rows: [
      ["name", "phone", "state"],
      ["Ada", "(201) 555-0100", "A"],
      ["Bob", "201-555-0101", "D"],
    ],
    lines: 2,
    added: 2,
    removed: 0,
    publishedOn: null,
    faults: [],
  });
});

it("distinguishes additions from removals", () => {
  const flag = { column: "state", added: ["A"], removed: ["D"] };
  const mapping = { ...guess(text), kind: "delta", flag, mayBeEmpty: false } as const;
  expect(preview(text, mapping)).toMatchObject({ added: 1, removed: 1 });
});

it("shows the newest day of the lines, even while the pattern is still being typed", () => {
  const text = "phone;since\n2015550100;05.08.2026\n2015550101;30.07.2026\n";
  const by = (pattern: string) =>
    preview(text, { ...guess(text), phoneColumns: ["phone"], date: { column: "since", pattern } });
  expect(by("DD.MM.YYYY")).toMatchObject({ lines: 2, publishedOn: "2026-08-05", faults: [] });
  for (const pattern of ["", "D", "DD.MM.(", "YYYY YYYY", "MM.DD.YYYY"]) {
    const { publishedOn, faults } = by(pattern);
    expect([publishedOn, faults[0]?.key]).toEqual([null, "registry.fault.date"]);
  }
});

it("shows the fault for which a reading would be rejected", () => {
  const mapping = { ...guess(text), phoneColumns: ["name"] };
  const { added, faults } = preview(text, mapping);
  expect(added).toBe(0);
  expect(faults[0]).toEqual({
    key: "registry.fault.no-number",
    values: { file: "list.csv", line: 2, column: "name" },
  });
});

it("leaves out a row that is cut in two", () => {
  expect(preview(`${text}Eve;2015`, guess(text), false)).toMatchObject({ lines: 2, faults: [] });
});

it("shows the first nine rows, and reads all", () => {
  const { rows, lines } = preview("2015550100\n".repeat(20));
  expect([rows.length, lines]).toEqual([9, 20]);
});
