import type { Locale } from "./message.ts";

/**
 * The language that a header `Accept-Language` (RFC 9110, 12.5.4) wants most of those that we speak, by its
 * weights and then by its order; a tag alone is such a header, too.
 */
export function preferredLocale(acceptLanguage: string | null | undefined): Locale {
  const ranges = (acceptLanguage ?? "")
    .split(",")
    .flatMap(readRange)
    .toSorted((a, b) => b.weight - a.weight);
  const rankOf = (locale: Locale) => {
    const own = ranges.findIndex(({ language }) => language === locale);
    const rank = own === -1 ? ranges.findIndex(({ language }) => language === "*") : own;
    return (ranges[rank]?.weight ?? 0) === 0 ? Infinity : rank;
  };
  return rankOf("ru") < rankOf("en") ? "ru" : "en";
}

/** Reads the language and weight of a range such as `de-RU;q=0.8`. The country is ignored. */
const range = /^\s*([a-z]+|\*)(?:[-_][a-z\d_-]*)?\s*(?:;\s*q=(\d(?:\.\d*)?)\s*)?$/i;

function readRange(text: string) {
  const [, language, weight = "1"] = range.exec(text) ?? [];
  return language === undefined
    ? []
    : [{ language: language.toLowerCase(), weight: Number(weight) }];
}

/** The language in which somebody wrote, of those that we answer in, as far as its letters tell. */
export const detectLocale = (text: string): Locale => (/[а-яё]/i.test(text) ? "ru" : "en");
