import { expect, it } from "vitest";
import { csvLine } from "./csv-line.ts";

it.each([
  [["a", "b"], ",", "a,b\r\n"],
  [["a,b", "c;d"], ",", '"a,b",c;d\r\n'],
  [["a,b", "c;d"], ";", 'a,b;"c;d"\r\n'],
  [['say "no"', "two\nlines", ""], ",", '"say ""no""","two\nlines",\r\n'],
])("writes %j with %j", (cells, delimiter, line) => {
  expect(csvLine(cells, delimiter)).toBe(line);
});
