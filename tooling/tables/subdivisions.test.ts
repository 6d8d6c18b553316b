import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { makeSubdivisionTable, tablePath } from "./subdivisions.ts";

it("makes the table that core reads", () => {
  expect(readFileSync(tablePath, "utf8") === makeSubdivisionTable()).toBe(true);
});
