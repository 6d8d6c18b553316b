import type { Locale } from "./message.ts";

/**
 * Finds the supported language that an `Accept-Language` header (RFC 9110, 12.5.4) prefers, by weight and then
 * by order. A single tag is a valid header, too.
 */
export function preferredLocale(acceptLanguage: string | null | undefined): Locale {
  const ranges = (acceptLanguage ?? "")
    .split(",")
    .flatMap(readRange)
    .toSorted((a, b) => b.weight - a.weight);
  const rankLocale = (locale: Locale) => {
    const own = ranges.findIndex(({ language }) => language === locale);
    const rank = own === -1 ? ranges.findIndex(({ language }) => language === "*") : own;
    return (ranges[rank]?.weight ?? 0) === 0 ? Infinity : rank;
  };
  return rankLocale("ru") < rankLocale("en") ? "ru" : "en";
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
