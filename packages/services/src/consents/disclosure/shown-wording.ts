import type { DisclosureShown } from "@ringfence/core/consents/consent";
import { DisclosureTerms } from "@ringfence/core/consents/disclosure";
import { mendText } from "@ringfence/core/platform/text";
import type { TransactionContext } from "../../platform/context.ts";
import type { DisclosureRef } from "./disclosure.ts";
import { canSeeSeller } from "../../platform/access/allow.ts";
import { stateDisclosures } from "./statement.ts";

/** Words that were shown: null where older records have lost them, with terms where they are published. */
export type FoundWords = { disclosure: DisclosureRef | null; terms: DisclosureTerms | null };

/** The words of each, in their order; null for a disclosure that is named and is not there. */
export const findWords = async (
  ctx: TransactionContext,
  shown: readonly (DisclosureShown | undefined)[],
): Promise<(FoundWords | null)[]> => {
  const told = shown.filter((it) => it !== undefined);
  const known = await findDisclosures(
    ctx,
    told.filter((it) => "id" in it),
  );
  const words = told.filter((it) => "text" in it);
  const mended = words.map(({ text, language }) => ({ text: mendText(text), language }));
  const stored = await storeDisclosures(ctx, mended);
  const refs = new Map(words.map((it, index) => [it, stored[index] ?? null]));
  return shown.map((it) => {
    if (it === undefined) return { disclosure: null, terms: null };
    if ("text" in it) return { disclosure: refs.get(it) ?? null, terms: null };
    const terms = known.get(disclosureName(it));
    return terms === undefined ? null : { disclosure: it, terms };
  });
};

/**
 * What disclosures of the organization commit to, by `id/version`; null of words without terms. Those of a
 * seller for whom the actor does not work are as if they were not there.
 */
async function findDisclosures(
  { db, organizationId, actor }: TransactionContext,
  refs: readonly DisclosureRef[],
): Promise<Map<string, DisclosureTerms | null>> {
  if (refs.length === 0) return new Map();
  const rows = await db.$queryRaw<(DisclosureRef & { terms: unknown })[]>`
    SELECT disclosure.id, disclosure.version, terms FROM disclosure
    JOIN unnest(${refs.map(({ id }) => id)}::uuid[], ${refs.map(({ version }) => version)}::int[])
      AS asked (id, version) USING (id, version)
    WHERE organization_id = ${organizationId}::uuid`;
  const found = rows.map(
    ({ terms, ...ref }) => [disclosureName(ref), DisclosureTerms.nullable().parse(terms)] as const,
  );
  return new Map(found.filter(([, terms]) => terms === null || canSeeSeller(actor, terms.seller)));
}

const disclosureName = ({ id, version }: DisclosureRef) => `${id.toLowerCase()}/${version}`;

type Words = { text: string; language: string };

/**
 * The disclosures that hold these words and nothing else, in their order; those that nobody has shown
 * yet are put on record. The same words in the same language are one disclosure.
 */
async function storeDisclosures(
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
