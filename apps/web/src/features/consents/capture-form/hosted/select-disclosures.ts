import type { ShownForm } from "@ringfence/services/consents/capture-form";

/** Selects the texts in the language of the page, or else in the form's first language. */
export function selectDisclosures({ disclosures }: Pick<ShownForm, "disclosures">, locale: string) {
  const speaks = (language: string) => language.slice(0, 2).toLowerCase() === locale;
  const own = disclosures.filter(({ language }) => speaks(language));
  const first = disclosures[0]?.language;
  return own.length > 0 ? own : disclosures.filter(({ language }) => language === first);
}
