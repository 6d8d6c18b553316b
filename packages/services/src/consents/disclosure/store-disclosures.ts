import type { TransactionContext } from "../../platform/context.ts";
import type { DisclosureRef } from "./disclosure-ref.ts";
import { stateDisclosures } from "./state-disclosures.ts";

export type Words = { text: string; language: string };

/**
 * The disclosures that hold these words and nothing else, in their order; those that nobody has shown
 * yet are put on record. The same words in the same language are one disclosure.
 */
export async function storeDisclosures(
  ctx: TransactionContext,
  words: readonly Words[],
): Promise<DisclosureRef[]> {
  const { db, organizationId, now } = ctx;
  if (words.length === 0) return [];
  const distinct = [...new Map(words.map((it) => [nameOf(it), it])).values()];
  // In one order, so that of two at once neither waits for the other in a circle.
  distinct.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const texts = distinct.map(({ text }) => text);
  const languages = distinct.map(({ language }) => language);
  const added = await db.$queryRaw<DisclosureRef[]>`
    INSERT INTO disclosure (organization_id, id, version, language, text, sha256, created_at)
    SELECT ${organizationId}::uuid, uuid7(), 1, language, text,
      sha256(convert_to(text, 'UTF8')), ${now}
    FROM unnest(${texts}::text[], ${languages}::text[]) AS words (text, language)
    ON CONFLICT DO NOTHING
    RETURNING id, version`;
  await stateDisclosures(ctx, added);

  const rows = await db.$queryRaw<(DisclosureRef & { index: number })[]>`
    SELECT (words.index - 1)::int AS index, disclosure.id, disclosure.version
    FROM unnest(${texts}::text[], ${languages}::text[])
      WITH ORDINALITY AS words (text, language, index)
    JOIN disclosure ON disclosure.organization_id = ${organizationId}::uuid
      AND disclosure.sha256 = sha256(convert_to(words.text, 'UTF8'))
      AND disclosure.language = words.language AND disclosure.terms IS NULL`;
  const stored = new Map(rows.map(({ index, ...ref }) => [index, ref]));
  const byName = new Map(distinct.map((it, index) => [nameOf(it), stored.get(index)]));
  return words.map((it) => {
    const ref = byName.get(nameOf(it));
    if (!ref) throw new Error("a disclosure was neither found nor stored");
    return ref;
  });
}

const nameOf = ({ text, language }: Words) => JSON.stringify([text, language]);
