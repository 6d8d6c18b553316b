import fc from "fast-check";
import { expect, it } from "vitest";
import { isSameWording } from "./disclosure.ts";

const word = fc.string({ unit: "grapheme-ascii", minLength: 1 }).filter((text) => !/\s/.test(text));
const words = fc.array(word, { minLength: 1, maxLength: 12 });
const space = fc.constantFrom(" ", "\n", "\t", "\u00a0", "\r\n   ");

it("ignores spacing, and notices every other change", () => {
  fc.assert(
    fc.property(words, fc.array(space), fc.nat(), word, (words, spaces, at, other) => {
      const spaced = words.map((word, index) => word + (spaces[index] ?? " ")).join("");
      expect(isSameWording(spaced, words.join(" "))).toBe(true);

      const changed = words.with(at % words.length, other);
      expect(isSameWording(changed.join(" "), words.join(" "))).toBe(
        other === words[at % words.length],
      );
      expect(isSameWording([...words, other].join(" "), words.join(" "))).toBe(false);
    }),
  );
});
