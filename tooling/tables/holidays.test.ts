import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { buildHolidayTable, tablePath } from "./holidays.ts";

it("makes the table that core reads", { timeout: 120_000 }, () => {
  expect(readFileSync(tablePath, "utf8") === buildHolidayTable()).toBe(true);
});
