import fc from "fast-check";
import { expect, it } from "vitest";
import { interpretReply } from "./reply.ts";

const strong = fc.constantFrom("stop", "unsubscribe", "opt out", "revoke", "стоп", "не звоните");
const words = fc
  .array(fc.constantFrom("hello", "call", "me", "да", "завтра", "please", "42", "—"), {
    maxLength: 6,
  })
  .map((words) => words.join(" "));
const space = fc.constantFrom(" ", ", ", ". ", "\n", "! ", " - ");

it("finds a word of refusal wherever it stands", () => {
  fc.assert(
    fc.property(words, space, strong, space, words, (before, left, word, right, after) => {
      expect(interpretReply(before + left + word + right + after)).toBe("refusal");
    }),
  );
});

it("finds a refusal in which Cyrillic and Latin letters are mixed", () => {
  const twins = ["аa", "еe", "кk", "мm", "нh", "оo", "рp", "сc", "тt", "уy", "хx"];
  const swap = (letter: string) => {
    const pair = twins.find((twin) => twin.includes(letter)) ?? "";
    return pair.replace(letter, "") || letter;
  };
  fc.assert(
    fc.property(strong, fc.array(fc.boolean(), { minLength: 11, maxLength: 11 }), (word, swaps) => {
      const mixed = Array.from(word, (letter, index) => (swaps[index] ? swap(letter) : letter));
      expect(interpretReply(mixed.join(""))).toBe("refusal");
    }),
  );
});

it("ignores capitals", () => {
  fc.assert(
    fc.property(fc.string(), strong, (around, word) => {
      const text = `${around} ${word}`;
      expect(interpretReply(text.toUpperCase())).toBe(interpretReply(text));
    }),
  );
});
