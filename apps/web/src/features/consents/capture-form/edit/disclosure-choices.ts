import { languageName } from "@/i18n/language-name";
import type { PublishedDisclosure } from "@ringfence/core/consents/disclosure";
import type { DisclosureListItem } from "@ringfence/services/consents/disclosure";

type DisclosureChoice = { key: string; name: string };
type Text = Pick<DisclosureListItem, "id" | "version" | "language" | "terms">;

/** Title, language and version of a text: `Offers by phone (English, 1)`. */
export const disclosureLabel = (
  locale: string,
  { terms, language, version }: Pick<Text, "terms" | "language" | "version">,
) => `${terms.title} (${languageName(locale, language)}, ${version})`;

/** Lists the published texts that a form may show: the latest version of each, and older ones that it already shows. */
export function listDisclosureChoices(
  locale: string,
  listed: readonly DisclosureListItem[],
  asked: readonly (PublishedDisclosure | null)[] = [],
): DisclosureChoice[] {
  const toChoice = (text: Text): DisclosureChoice => ({
    key: `${text.id}/${text.version}`,
    name: disclosureLabel(locale, text),
  });
  const latest = listed.filter(({ version }) => version > 0).map(toChoice);
  const older = asked.flatMap((it) => (it ? [toChoice(it)] : []));
  return [...new Map([...older, ...latest].map((choice) => [choice.key, choice])).values()];
}
