import { IntlMessageFormat } from "intl-messageformat";
import { expect, it } from "vitest";
import { messages } from "./message.ts";

const sentences = Object.entries(messages).flatMap(([locale, words]) =>
  Object.entries(words).map(([key, sentence]) => ({ locale, key, sentence })),
);

it("can be read, each of them", () => {
  const unreadable = sentences.filter(({ locale, sentence }) => {
    try {
      return !new IntlMessageFormat(sentence, locale, undefined, { ignoreTag: true }).getAst();
    } catch {
      return true;
    }
  });
  expect(unreadable).toEqual([]);
});
