/**
 * Values as PostgreSQL sends them in binary, each behind a length of four bytes, in a text of a character
 * a byte; null for NULL.
 */
export function wordsOf(text: string): (Buffer | null)[] {
  const bytes = Buffer.from(text, "latin1");
  const words: (Buffer | null)[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = bytes.readInt32BE(at);
    at += 4;
    words.push(size === -1 ? null : bytes.subarray(at, at + size));
    at += Math.max(0, size);
  }
  return words;
}

type Word = Buffer | null | undefined;

/** A `text`, or a value of an enum. */
export const textOf = (word: Word): string | null => word?.toString("utf8") ?? null;

export const isTrue = (word: Word): boolean => word?.[0] === 1;

/** A `uuid`, as RFC 9562 writes it. */
export function idOf(word: Word): string | null {
  const hex = word?.toString("hex");
  return hex?.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5") ?? null;
}

/** Where the items of an array of one dimension begin: behind its header, its length and lower bound. */
const ITEMS_AT = 20;

/** A `text[]` of one dimension, or empty. */
export const textsOf = (word: Word): string[] =>
  wordsOf(word?.toString("latin1", ITEMS_AT) ?? "").flatMap((item) => textOf(item) ?? []);
