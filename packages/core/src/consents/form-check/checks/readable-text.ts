import { type Fault, type Finding, cannotTell, failIfAny, quoteEvidence } from "../finding.ts";
import { findFormParts } from "../form-parts.ts";
import type { FormContext, RenderedForm } from "../check-input.ts";
import { findSentence, splitSentences, splitWords } from "../wording.ts";

const WORDS_MAX = 40;
/** Minimum Flesch score; below it a text needs a degree. */
const EASE_MIN = 20;

/** Check 20: short sentences of plain words. */
export function checkPlainLanguage(form: RenderedForm): Finding {
  const { consentText } = findFormParts(form);
  if (consentText === "") return cannotTell({ key: "form-check.no-text.ask" });

  const long = splitSentences(consentText).find(
    (sentence) => splitWords(sentence).length > WORDS_MAX,
  );
  const jargon = findSentence("jargon", consentText);
  const twisted = findSentence("doubleNegative", consentText);
  const ease = computeReadingEase(consentText);
  const faults: Fault[] = [
    ...(long === undefined
      ? []
      : [
          {
            key: "form-check.plain-language.long",
            values: { words: splitWords(long).length, most: WORDS_MAX },
          } as const,
        ]),
    ...(ease < EASE_MIN
      ? [{ key: "form-check.plain-language.hard", values: { ease, least: EASE_MIN } } as const]
      : []),
    ...(jargon === null
      ? []
      : [{ key: "form-check.plain-language.jargon", values: { sentence: jargon } } as const]),
    ...(twisted === null
      ? []
      : [{ key: "form-check.plain-language.twisted", values: { sentence: twisted } } as const]),
  ];
  const quotes = [long, jargon, twisted].flatMap((it) => (it ? [quoteEvidence(it)] : []));
  return failIfAny(faults, ...quotes, { values: { ease } });
}

const primary = (tag: string) => tag.toLowerCase().split("-")[0] ?? "";

/** Check 26: consent is asked in the language of the page, and of the call. */
export function checkOneLanguage(form: RenderedForm, { callLanguage }: FormContext): Finding {
  const { consentText } = findFormParts(form);
  if (consentText === "") return cannotTell({ key: "form-check.no-text.ask" });

  const textLanguage = detectLanguage(consentText);
  if (textLanguage === null)
    return cannotTell({ key: "form-check.one-language.ask" }, quoteEvidence(consentText));
  const around = detectLanguage(
    form.passages
      .filter(({ hiddenBy, text: passage }) => hiddenBy === null && !consentText.includes(passage))
      .map((passage) => passage.text)
      .join("\n"),
  );
  const others = [
    { whose: "page", language: around ?? (form.language === null ? null : primary(form.language)) },
    { whose: "declared", language: form.language === null ? null : primary(form.language) },
    { whose: "call", language: callLanguage === undefined ? null : primary(callLanguage) },
  ].filter(({ language }) => language !== null && language !== textLanguage);
  const evidence = [
    quoteEvidence(consentText),
    { values: { text: textLanguage, page: form.language ?? "", call: callLanguage ?? "" } },
  ];
  const faults = others.map(({ whose, language }): Fault => ({
    key: "form-check.one-language.differs",
    values: { text: textLanguage, whose, language: language ?? "" },
  }));
  if (faults.length === 0 && callLanguage === undefined) {
    return cannotTell(
      { key: "form-check.one-language.ask-call", values: { text: textLanguage } },
      ...evidence,
    );
  }
  return failIfAny(faults, ...evidence);
}

/** Flesch 1948 for English; for Russian with the coefficients of Oborneva 2006. */
const scales = {
  en: { base: 206.835, aSentence: 1.015, aWord: 84.6, vowels: /[aeiouy]+/g },
  ru: { base: 206.836, aSentence: 1.3, aWord: 60.1, vowels: /[аеиоуыэюя]/g },
};

/** Computes how easily a text reads, by Flesch: about 100 for a child, 0 or less for almost nobody. 100 for no words. */
export function computeReadingEase(text: string): number {
  const { base, aSentence, aWord, vowels } = scales[detectLanguage(text) ?? "en"];
  const words = splitWords(text).filter((word) => /\p{L}/u.test(word));
  if (words.length === 0) return 100;
  const syllables = words.reduce(
    (sum, word) => sum + Math.max(1, word.match(vowels)?.length ?? 1),
    0,
  );
  const { length } = words;
  const ease =
    base - (aSentence * length) / splitSentences(text).length - (aWord * syllables) / length;
  return Math.round(ease);
}

/** Share of Cyrillic letters in a Russian text. With fewer it may be a mixture of languages. */
const LEAST_SHARE = 0.6;
/** Shorter texts may be names. */
const LEAST_WORDS = 3;

const common = {
  en: /\b(the|to|and|of|you|your|my|i|for|is|not|may|with|about|by|this|are|can|any|at|me|we)\b/g,
  ru: /[а-яё]+/g,
};

/** Detects English or Russian by script and common words; null for others and for short texts. */
export function detectLanguage(text: string): "en" | "ru" | null {
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

/** Least share of common words in an English text. Prose has about 40 %, labels less, German and French next to none. */
const SMALL_WORDS = 0.12;
