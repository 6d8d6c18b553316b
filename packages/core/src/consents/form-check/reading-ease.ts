import { languageOf } from "./language-of.ts";
import { sentencesOf, wordsOf } from "./words-of.ts";

/** Flesch 1948 for English; for Russian with the coefficients of Oborneva 2006. */
const scales = {
  en: { base: 206.835, aSentence: 1.015, aWord: 84.6, vowels: /[aeiouy]+/g },
  ru: { base: 206.836, aSentence: 1.3, aWord: 60.1, vowels: /[аеиоуыэюя]/g },
};

/** How easily a text is read: 100 for a child, 0 for nobody. 100 where there are no words. */
export function readingEase(text: string): number {
  const { base, aSentence, aWord, vowels } = scales[languageOf(text) ?? "en"];
  const words = wordsOf(text).filter((word) => /\p{L}/u.test(word));
  if (words.length === 0) return 100;
  const syllables = words.reduce(
    (sum, word) => sum + Math.max(1, word.match(vowels)?.length ?? 1),
    0,
  );
  const { length } = words;
  const ease =
    base - (aSentence * length) / sentencesOf(text).length - (aWord * syllables) / length;
  return Math.round(ease);
}
