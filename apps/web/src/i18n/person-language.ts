import { type Locale, preferredLocale } from "@ringfence/core/platform/message";

/** Chooses the language in which to speak to a person: theirs if it is known, else the reader's. */
export function choosePersonLanguage(
  contacts: readonly { locale: string | null }[],
  reader: string,
): Locale {
  const [language] = contacts.flatMap(({ locale }) => locale ?? []);
  return preferredLocale(language ?? reader);
}
