import { query } from "../../platform/verb.ts";
import { lagOfLog, type LogLag } from "@ringfence/core/proof/ledger";
import { readSignedCheckpoint, type SignedCheckpoint } from "./read-checkpoint.ts";
import { LOG_ID } from "./read-tiles.ts";
import { readVouchers, type Vouchers } from "./read-vouchers.ts";

export type LedgerView = Vouchers & {
  /** When this was so. */
  at: Date;
  /** Null before the first is signed. */
  origin: string | null;
  checkpoint: SignedCheckpoint | null;
  /** The keys that sign it, as others write them. */
  vkeys: string[];
  /** What is accepted and waits for its place, of everybody; and what is in its place and not signed. */
  waiting: { count: number; since: Date | null };
  unsigned: { count: number; since: Date | null };
  lag: LogLag;
  /** From accepted to signed, of this organization's statements of the last day; null without any. */
  delay: { p50Ms: number; p99Ms: number } | null;
};

type Row = Pick<LedgerView, "origin" | "vkeys"> & {
  placed: number;
  waiting: number;
  waitingSince: Date | null;
  unsignedSince: Date | null;
  p50Ms: number | null;
  p99Ms: number | null;
};

/** How the ledger stands: what is signed, what waits, who vouches for it, and how long that takes. */
export const readLedger = query({
  name: "readLedger",
  action: "proof.read",
  run: async (ctx): Promise<LedgerView> => {
    const { db, organizationId, now } = ctx;
    const checkpoint = await readSignedCheckpoint({ prisma: db });
    const signed = checkpoint?.size ?? 0;
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
        (SELECT size FROM ledger.log WHERE log_id = ${LOG_ID})::float8 AS placed,
        ARRAY(SELECT vkey FROM ledger.log_key WHERE log_id = ${LOG_ID} ORDER BY at, vkey) AS vkeys,
        (SELECT count(*) FROM ledger.pending)::float8 AS waiting,
        (SELECT min(accepted_at) FROM ledger.pending) AS "waitingSince",
        (SELECT accepted_at FROM ledger.leaf JOIN ledger.entry USING (entry_id)
          WHERE leaf.log_id = ${LOG_ID} AND leaf_index = ${signed}::bigint) AS "unsignedSince",
        percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) AS "p50Ms",
        percentile_cont(0.99) WITHIN GROUP (ORDER BY ms) AS "p99Ms"
      FROM signed`;
    if (row === undefined) throw new Error("the ledger told nothing");
    const told = toldOf(row, signed);
    const lag = lagOfLog(now, told.waiting, told.unsigned);
    return { at: now, checkpoint, lag, ...(await readVouchers(ctx)), ...told };
  },
  audit: "by run",
});

const toldOf = ({ origin, vkeys, p50Ms, p99Ms, ...row }: Row, signed: number) => ({
  origin,
  vkeys,
  waiting: { count: row.waiting, since: row.waitingSince },
  unsigned: { count: row.placed - signed, since: row.unsignedSince },
  delay: p50Ms === null || p99Ms === null ? null : { p50Ms, p99Ms },
});
