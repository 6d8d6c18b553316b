import fc from "fast-check";
import { expect, it } from "vitest";
import { isStorable, toKey, mendJson, mendText, storableText } from "./text.ts";
import { SellerKey } from "../../account/seller/index.ts";

/** Any UTF-16 there is: halves of pairs and zero characters too. */
const text = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    fc.constantFrom("\0", "\ud83d", "\ude00", "😀"),
  ),
});

it("mends any text so that it can be stored, and leaves it alone where it can", () => {
  fc.assert(
    fc.property(text, (text) => {
      const mended = mendText(text);
      expect(isStorable(mended)).toBe(true);
      expect(mended === text).toBe(isStorable(text));
    }),
  );
});

it("takes exactly what can be stored", () => {
  fc.assert(
    fc.property(text, (text) => {
      expect(storableText(10_000).safeParse(text).success).toBe(isStorable(text.trim()));
    }),
  );
});

it("mends all that JSON can hold, in its keys too", () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "binary" }), text, (json, text) => {
      const written = JSON.stringify(mendJson({ [text]: [text, json] }));
      expect(written).not.toMatch(/(?<!\\)(\\\\)*\\u(0000|d[89a-f])/);
    }),
  );
});

const name = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: fc.constantFrom(..."Б а н к ё Ä ß ø - . ' 9 a Z".split(" "), " ") }),
);

it("makes keys that a seller can have, of at most 40 characters, and of a key itself", () => {
  fc.assert(
    fc.property(name, (name) => {
      const key = toKey(name);
      if (key === "") return;
      expect(SellerKey.safeParse(key).success).toBe(true);
      expect(key).toMatch(/^(?!-).{1,40}(?<!-)$/);
      expect(toKey(key)).toBe(key);
    }),
  );
});
