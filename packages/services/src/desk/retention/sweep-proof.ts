// oxlint-disable-next-line house/no-ambient-input -- the result of hashing depends only on its input
import { hash } from "node:crypto";
import { RetentionKind } from "@ringfence/core/desk/retention";
import { RetentionSweepId } from "@ringfence/core/ids";
import { type TransactionContext, appendAudit, query } from "../../platform/internal.ts";
import { findPlainEntries, recordStatement } from "../../proof/ledger/internal.ts";

/** Rows of a kind that a sweep removed. `sha256` is the hash of the hashes of its batches, in hex. */
export type RemovedKind = {
  kind: RetentionKind;
  rows: number;
  oldest: Date;
  newest: Date;
  sha256: string;
};

type BatchRow = { kind: string; rows: number; oldest: Date; newest: Date; sha256: Uint8Array };

/** Sums the batches of a sweep up by kind. Pass them in the order of their ids. */
function sumBatches(batches: readonly BatchRow[]): RemovedKind[] {
  return RetentionKind.options.flatMap((kind) => {
    const ofKind = batches.filter((batch) => batch.kind === kind);
    if (ofKind.length === 0) return [];
    const hashes = Buffer.concat(ofKind.map(({ sha256 }) => sha256));
    return {
      kind,
      rows: ofKind.reduce((sum, { rows }) => sum + rows, 0),
      oldest: new Date(Math.min(...ofKind.map(({ oldest }) => oldest.getTime()))),
      newest: new Date(Math.max(...ofKind.map(({ newest }) => newest.getTime()))),
      sha256: hash("sha256", hashes, "hex"),
    };
  });
}

const loadBatches = ({ db, organizationId }: TransactionContext, sweepIds: readonly string[]) =>
  db.retentionBatch.findMany({
    where: { organizationId, sweepId: { in: [...sweepIds] } },
    select: { sweepId: true, kind: true, rows: true, oldest: true, newest: true, sha256: true },
    orderBy: { id: "asc" },
  });

/**
 * Ends a sweep: states on the ledger how many rows of each kind it removed, with their hash. One that removed nothing
 * is not stated.
 */
export async function endSweep(ctx: TransactionContext, id: RetentionSweepId): Promise<void> {
  const { db, keys, organizationId, now: at } = ctx;
  const sweep = await db.retentionSweep.update({
    where: { organizationId_id: { organizationId, id } },
    data: { endedAt: at },
  });
  const removed = sumBatches(await loadBatches(ctx, [id]));
  if (removed.length === 0) return;
  await recordStatement(
    { db, keys },
    {
      organizationId,
      kind: "retention.sweep",
      subject: id,
      at,
      claims: {
        policy: sweep.policyId,
        removed: removed.map(({ oldest, newest, ...rest }) => ({
          ...rest,
          oldest: oldest.toISOString(),
          newest: newest.toISOString(),
        })),
      },
    },
  );
  const rows = Object.fromEntries(removed.map(({ kind, rows }) => [kind, rows]));
  await appendAudit(ctx, "retention.remove", { sweepId: id, policyId: sweep.policyId, ...rows });
}

export type SweepView = {
  id: RetentionSweepId;
  startedAt: Date;
  /** Null while it is under way, or after it was killed, until it goes on. */
  endedAt: Date | null;
  removed: readonly RemovedKind[];
  /** Id of its statement on the ledger; null if it removed nothing or has not ended. */
  entryId: string | null;
};

const MAX_LISTED = 30;

/** Lists the latest sweeps with what each removed. */
export const listSweeps = query({
  name: "listSweeps",
  action: "retention.read",
  run: async (ctx): Promise<SweepView[]> => {
    const { db, organizationId } = ctx;
    const rows = await db.retentionSweep.findMany({
      where: { organizationId },
      orderBy: { startedAt: "desc" },
      take: MAX_LISTED,
    });
    const ids = rows.map(({ id }) => id);
    const batches = Map.groupBy(await loadBatches(ctx, ids), ({ sweepId }) => sweepId);
    const entries = await findPlainEntries(ctx, "retention.sweep", ids);
    return rows.map(({ id, startedAt, endedAt }) => ({
      id: RetentionSweepId.parse(id),
      startedAt,
      endedAt,
      removed: sumBatches(batches.get(id) ?? []),
      entryId: entries.find(({ subject }) => subject === id)?.entryId ?? null,
    }));
  },
  audit: "none",
});
