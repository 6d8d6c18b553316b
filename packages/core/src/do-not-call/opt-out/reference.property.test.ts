import fc from "fast-check";
import { expect, it } from "vitest";
import { parseReference, formatReference } from "./reference.ts";

const bits = fc.bigInt({ min: 0n, max: 2n ** 40n - 1n });
const hex = (number: bigint) => number.toString(16).padStart(10, "0");

it("keeps every bit: each reference stands for one number", () => {
  fc.assert(
    fc.property(bits, (number) => {
      const back = Array.from(formatReference(hex(number))).reduce(
        (sum, c) => sum * 32n + BigInt("0123456789ABCDEFGHJKMNPQRSTVWXYZ".indexOf(c)),
        0n,
      );
      expect(back).toBe(number);
    }),
  );
});

it("parses a reference however people write it", () => {
  fc.assert(
    fc.property(bits, (number) => {
      const reference = formatReference(hex(number));
      const written = `${reference.slice(0, 4)}-${reference.slice(4)}`
        .toLowerCase()
        .replaceAll("0", "o")
        .replaceAll("1", "l");
      expect(parseReference(` ${written} `)).toBe(reference);
    }),
  );
});

it.each(["", "1234567", "123456789", "UUUUUUUU", "+79161234567"])("is not %j", (text) => {
  expect(parseReference(text)).toBeNull();
});
