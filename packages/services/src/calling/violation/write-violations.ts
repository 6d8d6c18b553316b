import { type CallId, ViolationId } from "@ringfence/core/ids";
import { dueAt, type Found, mergeCauses, rankOf, worstOf } from "@ringfence/core/calling/violation";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { announceChanges } from "../../do-not-call/endpoint/announce-changes.ts";
import { freshIds } from "../../platform/fresh-ids.ts";
import { StoredCause, toStore } from "@ringfence/core/calling/violation";

type Judged = { callId: CallId; at: Date; found: Found | null };
type Bad = Judged & { found: Found };

/**
 * Puts on record which calls should not have been, and tells endpoints. A call that is a violation
 * already keeps its row: what is found beside is added, and opens it again.
 */
export async function writeViolations(ctx: TransactionContext, judged: readonly Judged[]) {
  const bad = judged.filter((one): one is Bad => one.found !== null);
  if (bad.length === 0) return;
  const { db, organizationId } = ctx;
  const known = await db.violation.findMany({
    where: { organizationId, callId: { in: bad.map(({ callId }) => callId) } },
  });
  const rowOf = new Map(known.map((row) => [row.callId, row]));
  const announced = await insertNew(
    ctx,
    bad.filter(({ callId }) => !rowOf.has(callId)),
  );
  for (const { callId, found } of bad) {
    const row = rowOf.get(callId);
    if (row && (await addCauses(ctx, row, found))) announced.push(ViolationId.parse(row.id));
  }
  await announceChanges(ctx, "violation.found", announced);
}

async function insertNew(ctx: TransactionContext, bad: readonly Bad[]): Promise<ViolationId[]> {
  const { db, organizationId, now } = ctx;
  const ids = await freshIds<ViolationId>(ctx, bad.length);
  await db.$executeRaw`
    INSERT INTO violation (organization_id, id, call_id, at, causes, codes, rank, found_at, due_at)
    SELECT ${organizationId}::uuid, id, call_id, at, causes,
      ARRAY (SELECT DISTINCT cause ->> 'cause' FROM jsonb_array_elements(causes) AS cause), rank,
      ${now}, due_at
    FROM unnest(${ids}::uuid[], ${bad.map(({ callId }) => callId)}::uuid[],
        ${bad.map(({ at }) => at)}::timestamptz[],
        ${bad.map(({ found }) => JSON.stringify(toStore(found.causes)))}::jsonb[],
        ${bad.map(({ found }) => rankOf(found.severity))}::int[],
        ${bad.map(({ found }) => dueAt(found.severity, now))}::timestamptz[])
      AS found (id, call_id, at, causes, rank, due_at)`;
  return ids;
}

type Row = { id: string; causes: unknown; dueAt: Date; closedAt: Date | null };

async function addCauses(ctx: TransactionContext, row: Row, found: Found): Promise<boolean> {
  const { db, organizationId, actor, now } = ctx;
  const known = StoredCause.array().parse(row.causes);
  const { causes, added } = mergeCauses<StoredCause>(known, toStore(found.causes));
  const [first, ...rest] = causes.map(({ cause }) => cause);
  if (added.length === 0 || first === undefined) return false;

  const severity = worstOf([first, ...rest]);
  const due = dueAt(severity, now);
  await db.violation.updateMany({
    where: { organizationId, id: row.id },
    data: {
      causes,
      codes: [...new Set([first, ...rest])],
      rank: rankOf(severity),
      closedAt: null,
      dueAt: row.closedAt === null && row.dueAt < due ? row.dueAt : due,
    },
  });
  await db.violationStep.create({
    data: {
      organizationId,
      violationId: row.id,
      kind: "found-again",
      details: { causes: [...new Set(added.map(({ cause }) => cause))] },
      at: now,
      actor: actorOnRecord(actor),
    },
  });
  return true;
}
