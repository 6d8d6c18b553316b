import { expect, it } from "vitest";
import { computeMonthlyBudget } from "./ask-registry.ts";
import { AuSource } from "./source.ts";

const source = (more: object) =>
  AuSource.safeParse({ kind: "au-washing", telemarketerId: "1", monthlyNumbers: 500, ...more });

it.each([
  ["by its count alone", {}, 500],
  ["by money, where that ends before", { monthlyMoney: 0.3, pricePerNumber: 0.1 }, 3],
  ["by its count, where that ends before", { monthlyMoney: 100, pricePerNumber: 0.1 }, 500],
  ["by nothing that a number costs more than", { monthlyMoney: 1, pricePerNumber: 2 }, 0],
])("has a budget %s", (_, more, numbers) => {
  const { data } = source(more);
  expect(data && computeMonthlyBudget(data)).toBe(numbers);
});

it.each([{ monthlyMoney: 10 }, { pricePerNumber: 1 }])(
  "knows no money without a price, and no price without money: %j",
  (more) => {
    expect(source(more).error?.issues).toMatchObject([{ path: ["pricePerNumber"] }]);
  },
);
