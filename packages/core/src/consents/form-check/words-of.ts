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
