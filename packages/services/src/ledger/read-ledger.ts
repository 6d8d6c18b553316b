import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { readSignedCheckpoint, type SignedCheckpoint } from "./read-checkpoint.ts";
import { LOG_ID } from "./read-tiles.ts";

export type LedgerView = {
  /** When this was so. */
  at: Date;
  /** Null before the first is signed. */
  origin: string | null;
  checkpoint: SignedCheckpoint | null;
  /** The keys that sign it, as others write them. */
  vkeys: string[];
  /** What is accepted and waits for its place, of everybody. */
  waiting: { count: number; since: Date | null };
  /** From accepted to signed, of this organization's statements of the last day; null without any. */
  delay: { p50Ms: number; p99Ms: number } | null;
};

type Row = Pick<LedgerView, "origin" | "vkeys"> & {
  count: number;
  since: Date | null;
  p50Ms: number | null;
  p99Ms: number | null;
};

/** How the ledger stands: what is signed, what waits, and how long that takes. */
export async function readLedger(ctx: ServiceContext): Promise<LedgerView> {
  allow(ctx, "proof.read");

  return inTransaction(ctx, async ({ db, organizationId, now }) => {
    const checkpoint = await readSignedCheckpoint({ prisma: db });
    const [row] = await db.$queryRaw<Row[]>`
      WITH signed AS (
        SELECT extract(epoch FROM (
          SELECT signed_at FROM ledger.checkpoint
          WHERE checkpoint.log_id = ${LOG_ID} AND size > leaf_index ORDER BY size LIMIT 1
        ) - accepted_at)::float8 * 1000 AS ms
        FROM ledger.entry JOIN ledger.leaf USING (entry_id)
        WHERE organization_id = ${organizationId}::uuid AND accepted_at > ${now}::timestamptz - interval '1 day'
        ORDER BY leaf_index DESC LIMIT 1000
      )
      SELECT
        (SELECT origin FROM ledger.log WHERE log_id = ${LOG_ID}) AS origin,
        ARRAY(SELECT vkey FROM ledger.log_key WHERE log_id = ${LOG_ID} ORDER BY at, vkey) AS vkeys,
        (SELECT count(*) FROM ledger.pending)::float8 AS count,
        (SELECT min(accepted_at) FROM ledger.pending) AS since,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) AS "p50Ms",
        percentile_cont(0.99) WITHIN GROUP (ORDER BY ms) AS "p99Ms"
      FROM signed`;
    if (row === undefined) throw new Error("the ledger told nothing");
    const { origin, vkeys, count, since, p50Ms, p99Ms } = row;
    const delay = p50Ms === null || p99Ms === null ? null : { p50Ms, p99Ms };
    return { at: now, origin, checkpoint, vkeys, waiting: { count, since }, delay };
  });
}
