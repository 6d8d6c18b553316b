import fc from "fast-check";
import { expect, it } from "vitest";
import { readAmount } from "./cells.ts";

const grouped = (whole: number, mark: string) => String(whole).replaceAll(/\B(?=(\d{3})+$)/g, mark);

it("reads a sum however people group and mark it", () => {
  fc.assert(
    fc.property(
      fc.nat(999_999_999),
      fc.nat(99),
      fc.constantFrom([",", "."], [" ", ","], ["\u00A0", ","], [".", ","], ["’", "."], ["", "."]),
      fc.constantFrom("$", "", "€ ", "₽"),
      fc.constantFrom("", " ₽", " руб.", " USD", "р."),
      (whole, cents, [thousands, point], before, after) => {
        const part = String(cents).padStart(2, "0");
        const text = `${before}${grouped(whole, thousands)}${point}${part}${after}`;
        expect(readAmount(text)).toBe(Math.round(whole * 100 + cents) / 100);
      },
    ),
  );
});

it.each([
  ["1,234", 1234],
  ["1.234", 1.23],
  ["1.234.567", 1_234_567],
  ["12,5", 12.5],
  ["0", 0],
  ["", null],
  ["-5", null],
  ["free", null],
  ["1.25E7", 12_500_000],
  ["1.2345678E2", 123.46],
  ["1.25E+7", null],
  ["1E12", null],
  ["12E3", null],
  ["1.2,3.4", null],
])("reads %s as %s", (text, amount) => {
  expect(readAmount(text)).toBe(amount);
});
