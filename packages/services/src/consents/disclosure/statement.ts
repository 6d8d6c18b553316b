import type { TransactionContext } from "../../platform/context.ts";
import { loadStatementNames, recordStatements } from "../../proof/statement/record-statements.ts";
import type { DisclosureRef } from "./disclosure.ts";

/** States that these words are published: they stand in the ledger before a consent that shows them. */
export async function stateDisclosures(ctx: TransactionContext, refs: readonly DisclosureRef[]) {
  const { organization } = await loadStatementNames(ctx, []);
  const words = await wordsOf(ctx, refs);
  const statements = refs.map(({ id }, index) => ({
    subjectId: id,
    about: id,
    claims: { organization, disclosure: words[index], at: ctx.now.toISOString() },
  }));
  await recordStatements(ctx, "disclosure.published", statements);
}

/** What a statement says of the words that were shown: `sha256` of the text in UTF-8, hexadecimal. */
type StatedWords = DisclosureRef & { language: string; sha256: string };

/** The words of each, in their order; undefined where there are none. */
export async function wordsOf(
  { db, organizationId }: TransactionContext,
  refs: readonly (DisclosureRef | null)[],
): Promise<(StatedWords | undefined)[]> {
  const rows = await db.$queryRaw<(StatedWords & { index: number })[]>`
    SELECT (asked.index - 1)::int AS index, disclosure.id, disclosure.version, language,
      encode(sha256, 'hex') AS sha256
    FROM unnest(${refs.map((ref) => ref?.id ?? null)}::uuid[], ${refs.map((ref) => ref?.version ?? null)}::int[])
      WITH ORDINALITY AS asked (id, version, index)
    JOIN disclosure ON organization_id = ${organizationId}::uuid
      AND disclosure.id = asked.id AND disclosure.version = asked.version`;
  const words = new Map(rows.map(({ index, ...stated }) => [index, stated]));
  return refs.map((_, index) => words.get(index));
}
