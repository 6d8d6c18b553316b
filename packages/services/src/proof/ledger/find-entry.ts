import type { EntryKind } from "@ringfence/core/proof/ledger";
import { z } from "zod";
import type { TransactionContext } from "../../platform/context.ts";

export type FoundEntry = {
  entryId: string;
  kind: EntryKind;
  statement: string;
  leaf: Uint8Array;
  acceptedAt: Date;
  /** Its place in the log; null while it waits for one. */
  index: number | null;
};

/** The organization's entry of this id, or the one that commits to a screening of this id. */
export async function findEntry(
  { db, organizationId }: TransactionContext,
  id: string,
): Promise<FoundEntry | null> {
  if (!z.guid().safeParse(id).success) return null;
  const [found] = await db.$queryRaw<FoundEntry[]>`
    SELECT entry.entry_id AS "entryId", kind, statement, leaf, accepted_at AS "acceptedAt",
      leaf_index::float8 AS index
    FROM ledger.entry LEFT JOIN ledger.leaf USING (entry_id)
    WHERE organization_id = ${organizationId}::uuid AND entry.entry_id IN (
      ${id}::uuid,
      (SELECT entry_id FROM ledger.screening_leaf
        WHERE organization_id = ${organizationId}::uuid AND screening_id = ${id}::uuid))`;
  return found ?? null;
}
