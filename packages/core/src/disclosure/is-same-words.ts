/**
 * Whether two texts are the same words. Browsers break and indent lines as they like, and editors put
 * no-break spaces where they think fit; nothing else may differ.
 */
export const isSameWords = (shown: string, published: string) =>
  wordsOf(shown) === wordsOf(published);

const wordsOf = (text: string) => text.normalize("NFC").replaceAll(/\s+/g, " ").trim();
