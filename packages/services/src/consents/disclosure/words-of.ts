import type { TransactionContext } from "../../platform/context.ts";
import type { DisclosureRef } from "./disclosure-ref.ts";

/** What a statement says of the words that were shown: `sha256` of the text in UTF-8, hexadecimal. */
export type StatedWords = DisclosureRef & { language: string; sha256: string };

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
