import fc from "fast-check";
import { expect, it } from "vitest";
import { repairPhone } from "./repair-phone.ts";

it.each([
  ["79161234567.0", "79161234567"],
  ["79161234567,00", "79161234567"],
  ["'79161234567", "79161234567"],
  ['="79161234567"', "79161234567"],
  ['"+7 916 123-45-67"', "+7 916 123-45-67"],
  ["79,161,234,567", "79161234567"],
  ["7.9161234567E+10", "79161234567"],
  ["7,9161234567e10", "79161234567"],
  [" +7 (916) 123-45-67 ", "+7 (916) 123-45-67"],
  ["2015550100", "2015550100"],
])("mends %s", (cell, text) => {
  expect(repairPhone(cell)).toEqual({ text });
});

it.each(["9.16E+10", "9,16E+10", "8E+10", "7.916123456E+10"])(
  "says that the digits of %s are lost, and how to save them",
  (value) => {
    expect(repairPhone(value)).toEqual({ fault: { key: "import.phone-cut", values: { value } } });
  },
);

it("knows an e-mail address, which black lists hold too", () => {
  expect(repairPhone("ada@example.org").fault?.key).toBe("import.email-not-phone");
});

it("never changes a complete number", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1_000_000n, max: 999_999_999_999_999n }), (number) => {
      const digits = String(number);
      for (const spelled of [digits, `+${digits}`, `'${digits}`, `${digits}.0`, `="${digits}"`]) {
        expect(repairPhone(spelled).text?.replace("+", "")).toBe(digits);
      }
      const scientific = `${digits[0]}.${digits.slice(1)}E+${digits.length - 1}`;
      expect(repairPhone(scientific)).toEqual({ text: digits });
    }),
  );
});
