import { sql } from "kysely";
import { z } from "zod";
import { RetentionKind, isLongEnough } from "@ringfence/core/desk/retention";
import { type RetentionPolicyId, RetentionSweepId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import {
  type FileContext,
  type TransactionContext,
  addJob,
  command,
  createId,
  defineJob,
  holdLock,
  inTransaction,
  queueJobs,
} from "../../platform/internal.ts";
import { findPolicyInForce, loadLawTerms, toTerm } from "./policy.ts";
import { type Batch, eraseUploads, removeBatch } from "./remove-batch.ts";
import { endSweep } from "./sweep-proof.ts";

/** Removes what is due under the policy of an organization. */
export const removeExpiredJob = defineJob("retention.remove", {});

/** Queues a sweep for each organization with a published policy. */
export const startSweeps = ({ prisma }: Db) =>
  queueJobs(
    { $kysely: prisma.$kysely },
    sql`
    SELECT ${addJob(removeExpiredJob, { organizationId: sql`organization_id` }, { key: sql`${`${removeExpiredJob.name} `}::text || organization_id` })}
    FROM retention_policy_in_force`,
  );

const BATCH_TIMEOUT_MS = 120_000;

/**
 * Removes everything that is due under the policy in force, kind after kind, in batches of one transaction each. A
 * batch and the record of what it removed are committed together, so a sweep that is killed goes on where it stopped,
 * and its proof counts each row once. A kind whose terms are shorter than the law by now is left alone. Ends when
 * another policy is published meanwhile, and throws between two batches if `signal` is aborted.
 */
export const removeExpired = command({
  name: "removeExpired",
  action: "retention.remove",
  transaction: "by run",
  input: z.strictObject({ signal: z.instanceof(AbortSignal).optional() }),
  run: async (ctx: FileContext, { signal }): Promise<void> => {
    const sweep = await inTransaction(ctx, openSweep);
    if (sweep === null) return;
    // A sweep that was killed may have left files of rows that it had marked.
    for (const { kind, ids } of sweep.uploads) await eraseUploads(ctx, kind, ids);
    for (const kind of sweep.kinds) {
      let next: string | null = null;
      do {
        signal?.throwIfAborted();
        const after: string | null = next;
        const batch: Batch = await inTransaction(ctx, (tx) => sweepBatch(tx, sweep, kind, after), {
          timeoutMs: BATCH_TIMEOUT_MS,
        });
        if (batch.removed) await eraseUploads(ctx, kind, batch.removed.ids);
        ({ next } = batch);
      } while (next !== null);
    }
    await inTransaction(ctx, (ctx) => endSweep(ctx, sweep.id));
  },
  // A row when it ends, if it removed something (`endSweep`).
  audit: "by run",
});

type OpenSweep = {
  id: RetentionSweepId;
  policyId: RetentionPolicyId;
  kinds: readonly RetentionKind[];
  /** Uploads that it marked before it was killed. */
  uploads: readonly { kind: RetentionKind; ids: readonly string[] }[];
};

/** Continues the sweep that is open, or starts one. Null if there is no policy. */
async function openSweep(ctx: TransactionContext): Promise<OpenSweep | null> {
  const { db, organizationId, now: startedAt } = ctx;
  await holdLock(ctx, "retention");
  const policyId = await findPolicyInForce(ctx);
  if (policyId === null) return null;
  const open = await db.retentionSweep.findFirst({ where: { organizationId, endedAt: null } });
  // A killed sweep of an earlier policy ends with what it removed.
  if (open !== null && open.policyId !== policyId)
    await endSweep(ctx, RetentionSweepId.parse(open.id));
  const isContinued = open?.policyId === policyId;
  const id = isContinued ? RetentionSweepId.parse(open.id) : await createId(ctx, RetentionSweepId);
  if (!isContinued)
    await db.retentionSweep.create({ data: { organizationId, id, policyId, startedAt } });
  const rows = await db.retentionTerm.findMany({ where: { organizationId, policyId } });
  const terms = rows.map(toTerm);
  const law = await loadLawTerms(ctx);
  const kinds = RetentionKind.options.filter(
    (kind) =>
      terms.some((term) => term.kind === kind && term.place === "") &&
      isLongEnough(terms, law, kind),
  );
  const uploads = await db.retentionBatch.findMany({
    where: { organizationId, sweepId: id, kind: { in: ["imports", "scrubs"] } },
    select: { kind: true, ids: true },
  });
  return {
    id,
    policyId,
    kinds,
    uploads: uploads.map(({ kind, ids }) => ({ kind: RetentionKind.parse(kind), ids })),
  };
}

/** Removes a batch and records it. */
async function sweepBatch(
  ctx: TransactionContext,
  sweep: OpenSweep,
  kind: RetentionKind,
  after: string | null,
): Promise<Batch> {
  const { db, organizationId, now: at } = ctx;
  await holdLock(ctx, "retention");
  if ((await findPolicyInForce(ctx)) !== sweep.policyId) return { removed: null, next: null };
  const batch = await removeBatch(ctx, kind, after);
  if (batch.removed === null) return batch;
  const { ids, sha256, ...counts } = batch.removed;
  await db.retentionBatch.create({
    data: {
      organizationId,
      sweepId: sweep.id,
      kind,
      ...counts,
      ids: [...ids],
      sha256: new Uint8Array(sha256),
      at,
    },
  });
  return batch;
}
