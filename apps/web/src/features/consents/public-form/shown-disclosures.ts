import type { ShownForm } from "@ringfence/services/consents/capture-form";

/** What the form asks in the language of the page; where it does not speak that, in its own first. */
export function shownDisclosures({ disclosures }: Pick<ShownForm, "disclosures">, locale: string) {
  const speaks = (language: string) => language.slice(0, 2).toLowerCase() === locale;
  const own = disclosures.filter(({ language }) => speaks(language));
  const first = disclosures[0]?.language;
  return own.length > 0 ? own : disclosures.filter(({ language }) => language === first);
}
