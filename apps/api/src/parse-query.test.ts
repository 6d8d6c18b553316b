import { expect, it } from "vitest";
import { parseQuery } from "./server.ts";

it.each([
  ["", {}],
  ["after=&limit=", {}],
  ["phoneColumn=&purpose=marketing&at", { purpose: "marketing" }],
  ["zone=America%2FNew_York&x=%zz", { zone: "America/New_York", x: "%zz" }],
  ["limit=1&limit=2", { limit: ["1", "2"] }],
])("reads %j, and drops empty values", (text, expected) => {
  expect(parseQuery(text)).toEqual(expected);
});
