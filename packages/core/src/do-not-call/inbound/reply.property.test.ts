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

it("ignores capitals", () => {
  fc.assert(
    fc.property(fc.string(), strong, (around, word) => {
      const text = `${around} ${word}`;
      expect(interpretReply(text.toUpperCase())).toBe(interpretReply(text));
    }),
  );
});
