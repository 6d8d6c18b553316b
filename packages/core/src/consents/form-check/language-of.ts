/** Below it, a text may as well be a name, or a mixture. */
const LEAST_SHARE = 0.6;
const LEAST_WORDS = 3;

const common = {
  en: /\b(the|to|and|of|you|your|my|i|for|is|not|may|with|about|by|this|are|can|any|at|me|we)\b/g,
  ru: /[а-яё]+/g,
};

/** English or Russian, by script and by the small words; null where it is neither, or too short. */
export function languageOf(text: string): "en" | "ru" | null {
  const plain = text.toLowerCase();
  const letters = plain.match(/\p{L}/gu)?.length ?? 0;
  const words = plain.match(/\p{L}+/gu)?.length ?? 0;
  if (words < LEAST_WORDS) return null;
  const cyrillic = plain.match(common.ru)?.join("").length ?? 0;
  // Other languages have letters that Russian lacks.
  if (cyrillic / letters >= LEAST_SHARE) return /[іїєґўјљњћђџ]/.test(plain) ? null : "ru";
  const small = plain.match(common.en)?.length ?? 0;
  return small / words >= SMALL_WORDS ? "en" : null;
}

/** English prose has about 40 %, labels somewhat less; German and French next to none. */
const SMALL_WORDS = 0.12;
