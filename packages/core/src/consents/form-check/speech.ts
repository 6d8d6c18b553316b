import document from "../../../data/form-words.json" with { type: "json" };
import { sentencesOf, wordsOf } from "./words-of.ts";

/** What a text may speak of: a list of `data/form-words.json`. */
export type Topic = keyof typeof document.words;

const MOST_BETWEEN = 6;

/** How many words each sign of a list may skip before the next one. */
const gaps: Readonly<Record<string, number>> = { "…": MOST_BETWEEN, "~": 1 };

const meets = (sign: string, word: string) =>
  sign === "#"
    ? /^\d+$/.test(word)
    : sign.endsWith("*")
      ? word.startsWith(sign.slice(0, -1))
      : word === sign;

/** Whether the signs stand in the words from `index` on. */
function standsAt(
  [sign, ...others]: readonly string[],
  words: readonly string[],
  index: number,
): boolean {
  if (sign === undefined) return true;
  const gap = gaps[sign];
  if (gap === undefined) {
    const word = words[index];
    return word !== undefined && meets(sign, word) && standsAt(others, words, index + 1);
  }
  for (let skipped = 0; skipped <= gap; skipped++) {
    if (standsAt(others, words, index + skipped)) return true;
  }
  return false;
}

/** Both languages at once: no list of one has a word that means something else in the other. */
const lists: ReadonlyMap<string, readonly (readonly string[])[]> = new Map(
  Object.entries(document.words).map(([topic, { en, ru }]) => [
    topic,
    [...en, ...ru].map((words) => words.split(" ")),
  ]),
);

/** Where in its words a text first speaks of a topic; -1 where it does not. */
export function wordIndex(topic: Topic, text: string): number {
  const words = wordsOf(text);
  const signs = lists.get(topic) ?? [];
  return words.findIndex((_, index) => signs.some((list) => standsAt(list, words, index)));
}

export const speaksOf = (topic: Topic, text: string) => wordIndex(topic, text) >= 0;

/** The first sentence that speaks of a topic, and of none of the others; null where none does. */
export const sentenceOn = (topic: Topic, text: string, except: readonly Topic[] = []) =>
  sentencesOf(text).find(
    (sentence) => speaksOf(topic, sentence) && !except.some((other) => speaksOf(other, sentence)),
  ) ?? null;
