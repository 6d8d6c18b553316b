import type { PublishedDisclosure } from "@ringfence/core/consents/disclosure";
import type { DisclosureListed } from "@ringfence/services/consents/disclosure";

type Named = { key: string; name: string };

/** What a form may ask: the latest of every disclosure, and older ones that it asks already. */
export function disclosureChoices(
  listed: readonly DisclosureListed[],
  asked: readonly (PublishedDisclosure | null)[] = [],
): Named[] {
  const latest = listed.filter(({ version }) => version > 0).map(choiceOf);
  const older = asked.flatMap((it) => (it ? [choiceOf(it)] : []));
  return [...new Map([...older, ...latest].map((choice) => [choice.key, choice])).values()];
}

const choiceOf = ({
  id,
  version,
  language,
  terms,
}: Pick<DisclosureListed, "id" | "version" | "language" | "terms">): Named => ({
  key: `${id}/${version}`,
  name: `${terms.title} (${language}, ${version})`,
});
