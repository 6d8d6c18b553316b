import { expect, it } from "vitest";
import { createGrowingColumn, createBudget } from "./growing-columns.ts";

it("keeps values at any row, however far beyond the others, and counts the memory", () => {
  const budget = createBudget(Infinity);
  const column = createGrowingColumn((length) => new Uint16Array(length), budget);
  for (const row of [0, 5_000, 1_023, 1_000_000]) column.put(row, row % 60_000 || 7);
  expect([0, 5_000, 1_023, 1_000_000].map((row) => column.column[row])).toEqual([
    7,
    5_000,
    1_023,
    1_000_000 % 60_000,
  ]);
  expect(budget.taken).toBe(column.column.byteLength);
});
