import { expect, it } from "vitest";
import { columnName, parseColumns, formatColumns } from "./column-names";

it.each([
  ["phone", ["phone"]],
  [" phone , 3,, work phone ", ["phone", 3, "work phone"]],
  ["", []],
])("reads %j", (text, columns) => {
  expect(parseColumns(text)).toEqual(columns);
  expect(parseColumns(formatColumns(columns))).toEqual(columns);
});

it.each([
  [0, ["phone", "name"], "phone"],
  [1, ["phone", ""], 2],
  [1, ["phone", "phone"], 2],
  [2, ["phone", "name"], 3],
  [0, null, 1],
])("names the column at %i of %j %j", (place, header, column) => {
  expect(columnName(place, header)).toBe(column);
});
