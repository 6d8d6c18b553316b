import fc from "fast-check";
import { expect, it } from "vitest";
import { SellerKey } from "../../account/seller/index.ts";
import { keyOfName } from "./key-of-name.ts";

const name = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: fc.constantFrom(..."Б а н к ё Ä ß ø - . ' 9 a Z".split(" "), " ") }),
);

it("makes keys that a seller can have, of at most 40 characters, and of a key itself", () => {
  fc.assert(
    fc.property(name, (name) => {
      const key = keyOfName(name);
      if (key === "") return;
      expect(SellerKey.safeParse(key).success).toBe(true);
      expect(key).toMatch(/^(?!-).{1,40}(?<!-)$/);
      expect(keyOfName(key)).toBe(key);
    }),
  );
});
