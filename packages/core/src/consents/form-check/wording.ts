import document from "../../../data/form-words.json" with { type: "json" };
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/**
 * Topic that a text may mention: a list in `data/form-words.json`, each entry of which is a row of signs. A sign is
 * a word, the beginning of one (`agree*`), any number (`#`), or a gap of up to six words (`…`) or one (`~`).
 */
export type Topic = keyof typeof document.words;

const MOST_BETWEEN = 6;

/** Number of words that each sign may skip before the next. */
const gaps: Readonly<Record<string, number>> = { "…": MOST_BETWEEN, "~": 1 };

const matchesSign = (sign: string, word: string) =>
  sign === "#"
    ? /^\d+$/.test(word)
    : sign.endsWith("*")
      ? word.startsWith(sign.slice(0, -1))
      : word === sign;

/** True if the words from `index` on match the signs. */
function matchesSignsAt(
  [sign, ...others]: readonly string[],
  words: readonly string[],
  index: number,
): boolean {
  if (sign === undefined) return true;
  const gap = gaps[sign];
  if (gap === undefined) {
    const word = words[index];
    return (
      word !== undefined && matchesSign(sign, word) && matchesSignsAt(others, words, index + 1)
    );
  }
  for (let skipped = 0; skipped <= gap; skipped++) {
    if (matchesSignsAt(others, words, index + skipped)) return true;
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

/** Finds the index of the first word that mentions the topic; -1 if none does. */
export function findTopicIndex(topic: Topic, text: string): number {
  const words = splitWords(text);
  const signs = lists.get(topic) ?? [];
  return words.findIndex((_, index) => signs.some((list) => matchesSignsAt(list, words, index)));
}

export const mentions = (topic: Topic, text: string) => findTopicIndex(topic, text) >= 0;

/** Finds the first sentence that mentions a topic and none of `except`; null if there is none. */
export const findSentence = (topic: Topic, text: string, except: readonly Topic[] = []) =>
  splitSentences(text).find(
    (sentence) => mentions(topic, sentence) && !except.some((other) => mentions(other, sentence)),
  ) ?? null;

/** Converts text to the spelling of the word lists: lower case, one kind of apostrophe, е for ё. */
const plain = (text: string) =>
  text.normalize("NFC").toLowerCase().replaceAll("ё", "е").replaceAll("’", "'");

/** Splits a text into words, in the spelling of the word lists. */
export const splitWords = (text: string): string[] =>
  plain(text).match(/[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*/gu) ?? [];

/** A dot ends a sentence only before a space: `example.com` goes on. */
const END = /(?<=[.!?…;])\s+|\n+/u;

/** Splits a text into sentences and lines, trimmed, without empty ones. */
export const splitSentences = (text: string): string[] =>
  text
    .split(END)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");

/** True if a text contains a name, ignoring quotation marks, dots and capitals. */
export const containsName = (name: string, text: string) => {
  const sought = splitWords(name).join(" ");
  return sought !== "" && ` ${splitWords(text).join(" ")} `.includes(` ${sought} `);
};

/** Normalizes a text: NFC, and one space for each run of white space, soft hyphens and zero-width spaces. */
export const normalizeText = (text: string) =>
  text
    .normalize("NFC")
    .replaceAll(/[\s\u00AD\u200B]+/gu, " ")
    .trim();

/** Computes the SHA-256 of the normalized text, in hex, to compare a shown text with the published one. */
export const hashText = (text: string) => bytesToHex(sha256(utf8ToBytes(normalizeText(text))));
