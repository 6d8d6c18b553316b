import Negotiator from "negotiator";
import { Locale } from "./message.ts";

/**
 * Finds the supported language that an `Accept-Language` header (RFC 9110, 12.5.4) prefers; English if none. A
 * single tag is a valid header, too, and `ru_RU` counts as `ru-RU`.
 */
export function preferredLocale(acceptLanguage: string | null | undefined): Locale {
  const headers = { "accept-language": (acceptLanguage ?? "").replaceAll("_", "-") };
  const [preferred] = new Negotiator({ headers }).languages(Locale.options);
  return preferred === "ru" ? "ru" : "en";
}

/** Guesses the language of a text from its letters, among those that we answer in. */
export const detectLocale = (text: string): Locale => (/[а-яё]/i.test(text) ? "ru" : "en");
