// oxlint-disable-next-line house/no-ambient-input -- the result of hashing depends only on its input
import { hash } from "node:crypto";
import { type DigestLeaf, formatRemovedEntries } from "@ringfence/core/desk/audit-log";
import type { Transaction } from "@ringfence/db";
import { sql } from "kysely";
import { z } from "zod";
import { type TransactionContext, selectRows } from "../../platform/internal.ts";

/*
 * The hashes of audit entries that retention sweeps removed. With them, the digest of a day comes out as if the entries
 * were still there. An entry counts as removed by law only if the statement of a sweep covers its id, time and hash.
 */

type Reader = { db: Pick<Transaction, "$kysely">; organizationId: string };

/** Saves the hashes of entries, in the transaction in which a sweep removes them. */
export async function saveRemovedEntries(
  { db, organizationId }: TransactionContext,
  removed: readonly DigestLeaf[],
): Promise<void> {
  await db.removedAuditEntry.createMany({
    data: removed.map(({ id, at, leaf }) => ({
      organizationId,
      id,
      at,
      leaf: new Uint8Array(leaf),
    })),
  });
}

/** Loads the hashes of entries of a day (UTC) that sweeps removed. */
export const loadRemovedEntries = (ctx: Reader, day: string): Promise<DigestLeaf[]> =>
  selectRemoved(ctx, sql`(at AT TIME ZONE 'UTC')::date = ${day}::date`);

/**
 * Hashes removed entries as the statement of their sweep does. The hash differs if one of them is no longer saved, or was
 * saved with another time or hash.
 */
export async function hashRemovedEntries(ctx: Reader, ids: readonly string[]): Promise<Buffer> {
  const removed = await selectRemoved(ctx, sql`id = ANY (${[...ids]}::uuid[])`);
  return hash("sha256", formatRemovedEntries(removed), "buffer");
}

const Removed = z.object({ id: z.string(), at: z.date(), leaf: z.instanceof(Uint8Array) });

const selectRemoved = (
  { db, organizationId }: Reader,
  condition: ReturnType<typeof sql>,
): Promise<DigestLeaf[]> =>
  selectRows(
    { db },
    Removed,
    sql`
    SELECT id, at, leaf FROM removed_audit_entry
    WHERE organization_id = ${organizationId}::uuid AND ${condition}`,
  );
