import type { SqlFragment } from "@ringfence/db";
import { z } from "zod";
import { sql } from "kysely";
import type { DisclosureShown } from "@ringfence/core/consents/consent";
import { DisclosureTerms } from "@ringfence/core/consents/disclosure";
import { mendText } from "@ringfence/core/platform/text";
import {
  type TransactionContext,
  canSeeSeller,
  selectRows,
  toTable,
} from "../../platform/internal.ts";
import { DisclosureRef } from "./disclosure.ts";
import { recordDisclosureStatements } from "./statement.ts";

/**
 * The text that a person was shown. `disclosure` is null if the source does not say. `terms` is null unless it is a
 * published disclosure.
 */
export type ResolvedWording = { disclosure: DisclosureRef | null; terms: DisclosureTerms | null };

/**
 * Resolves what people were shown, in order: looks up named disclosures, archived ones too, and stores texts given in
 * full. An entry is null if the named disclosure does not exist, or if the actor does not work for its seller.
 */
export const resolveShownWording = async (
  ctx: TransactionContext,
  shown: readonly (DisclosureShown | undefined)[],
): Promise<(ResolvedWording | null)[]> => {
  const given = shown.filter((it) => it !== undefined);
  const known = await findTerms(
    ctx,
    given.filter((it) => "id" in it),
  );
  const words = given.filter((it) => "text" in it);
  const mended = words.map(({ text, language }) => ({ text: mendText(text), language }));
  const stored = await storeWordings(ctx, mended);
  const refs = new Map(words.map((it, index) => [it, stored[index] ?? null]));
  return shown.map((it) => {
    if (it === undefined) return { disclosure: null, terms: null };
    if ("text" in it) return { disclosure: refs.get(it) ?? null, terms: null };
    const terms = known.get(disclosureKey(it));
    return terms === undefined ? null : { disclosure: it, terms };
  });
};

/**
 * Returns terms by `id/version`; null for a disclosure without terms. Leaves out disclosures of sellers that
 * the actor does not work for.
 */
async function findTerms(
  { db, organizationId, actor }: TransactionContext,
  refs: readonly DisclosureRef[],
): Promise<Map<string, DisclosureTerms | null>> {
  if (refs.length === 0) return new Map();
  const rows = await selectRows(
    { db },
    DisclosureRef.extend({ terms: DisclosureTerms.nullable() }),
    sql`
    SELECT disclosure.id, disclosure.version, terms FROM disclosure
    JOIN ${toTable(refs, { id: "uuid", version: "int" })} AS asked USING (id, version)
    WHERE organization_id = ${organizationId}::uuid`,
  );
  const found = rows.map(({ terms, ...ref }) => [disclosureKey(ref), terms] as const);
  return new Map(found.filter(([, terms]) => terms === null || canSeeSeller(actor, terms.seller)));
}

const disclosureKey = ({ id, version }: DisclosureRef) => `${id.toLowerCase()}/${version}`;

type Wording = { text: string; language: string };

/**
 * Finds or creates a disclosure for each text. The result has the order of the texts. The same text in the
 * same language is one disclosure.
 */
async function storeWordings(
  ctx: TransactionContext,
  words: readonly Wording[],
): Promise<DisclosureRef[]> {
  if (words.length === 0) return [];
  const distinct = [...new Map(words.map((it) => [wordingKey(it), it])).values()];
  // Always inserts in the same order, so that two concurrent requests cannot deadlock.
  distinct.sort((a, b) => (wordingKey(a) < wordingKey(b) ? -1 : 1));
  const table = toTable(distinct, { text: "text", language: "text" });
  const stored = await findWordings(ctx, table);
  if (stored.size < distinct.length) {
    await addWordings(ctx, table);
    for (const [index, ref] of await findWordings(ctx, table)) stored.set(index, ref);
  }
  const refByWording = new Map(distinct.map((it, index) => [wordingKey(it), stored.get(index)]));
  return words.map((it) => {
    const ref = refByWording.get(wordingKey(it));
    if (!ref) throw new Error("a disclosure was neither found nor stored");
    return ref;
  });
}

const wordingKey = ({ text, language }: Wording) => JSON.stringify([text, language]);

/** Finds the stored disclosures of a table of texts and languages, by its index. */
async function findWordings(
  { db, organizationId }: TransactionContext,
  words: SqlFragment,
): Promise<Map<number, DisclosureRef>> {
  const rows = await selectRows(
    { db },
    DisclosureRef.extend({ index: z.int() }),
    sql`
    SELECT words.index, disclosure.id, disclosure.version FROM ${words} AS words
    JOIN disclosure ON disclosure.organization_id = ${organizationId}::uuid
      AND disclosure.sha256 = sha256(convert_to(words.text, 'UTF8'))
      AND disclosure.language = words.language AND disclosure.terms IS NULL`,
  );
  return new Map(rows.map(({ index, ...ref }) => [index, ref]));
}

/** Stores the texts of a table that are not stored yet, and states that they are on record. */
async function addWordings(ctx: TransactionContext, words: SqlFragment) {
  const { db, organizationId, now } = ctx;
  const added = await selectRows(
    { db },
    DisclosureRef,
    sql`
    INSERT INTO disclosure (organization_id, id, version, language, text, sha256, created_at)
    SELECT ${organizationId}::uuid, uuid7(), 1, language, text,
      sha256(convert_to(text, 'UTF8')), ${now}
    FROM ${words} AS words
    ON CONFLICT DO NOTHING
    RETURNING id, version`,
  );
  await recordDisclosureStatements(ctx, added);
}
