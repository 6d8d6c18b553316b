import document from "../../../data/form-words.json" with { type: "json" };
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

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

/** Small letters, one kind of apostrophe, е for ё: as the word lists are written. */
const plain = (text: string) =>
  text.normalize("NFC").toLowerCase().replaceAll("ё", "е").replaceAll("’", "'");

/** The words of a text, as the word lists write them. */
export const wordsOf = (text: string): string[] =>
  plain(text).match(/[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*/gu) ?? [];

/** A dot ends a sentence only before a space: `example.com` goes on. */
const END = /(?<=[.!?…;])\s+|\n+/u;

export const sentencesOf = (text: string): string[] =>
  text
    .split(END)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");

/** Whether a text holds a name, whatever its quotation marks, dots and capitals. */
export const nameIn = (name: string, text: string) => {
  const sought = wordsOf(name).join(" ");
  return sought !== "" && ` ${wordsOf(text).join(" ")} `.includes(` ${sought} `);
};

/** A text without what no person sees: NFC, and one space for every run of spaces and lines. */
export const comparableText = (text: string) =>
  text
    .normalize("NFC")
    .replaceAll(/[\s\u00AD\u200B]+/gu, " ")
    .trim();

/** SHA-256, in hex: whether the text that a page shows is the text that was published. */
export const textHash = (text: string) => bytesToHex(sha256(utf8ToBytes(comparableText(text))));
