import { type Locale, preferredLocale } from "../message/index.ts";

/** The language of whoever starts an app, from their `LANG` (POSIX: `ru_RU.UTF-8`). */
export const hostLocale = ({ LANG }: Readonly<Record<string, string | undefined>>): Locale =>
  preferredLocale(LANG?.split(/[_.]/, 1)[0]);
