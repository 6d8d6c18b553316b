import type { Locale } from "./message.ts";

/** The language in which somebody wrote, of those that we answer in, as far as its letters tell. */
export const localeOfText = (text: string): Locale => (/[а-яё]/i.test(text) ? "ru" : "en");
