import { type CallId, ViolationId } from "@ringfence/core/ids";
import {
  type FoundViolation,
  StoredCause,
  type ViolationCause,
  dueAt,
  isConsentCause,
  mergeCauses,
  severityRank,
  toStoredCauses,
  worstSeverity,
} from "@ringfence/core/calling/violation";
import {
  type TransactionContext,
  createIds,
  toStoredActor,
  toTable,
} from "../../platform/internal.ts";
import { announceChanges } from "../../do-not-call/outbox/internal.ts";
import { z } from "zod";

/** A call that was checked. `found` is null if it was no violation. */
type Judged = { callId: CallId; at: Date; found: FoundViolation | null };
type Violating = Judged & { found: FoundViolation };

/**
 * Records which calls were violations, and announces them to endpoints. If a call already has a violation, new causes
 * are added to it: that opens it again and may change its severity and due date. The caller holds the lock
 * "violations", so that no call gets two.
 */
export async function writeViolations(ctx: TransactionContext, judged: readonly Judged[]) {
  const violating = judged.filter((one): one is Violating => one.found !== null);
  if (violating.length === 0) return;
  const { db, organizationId } = ctx;
  const known = await db.violation.findMany({
    where: { organizationId, callId: { in: violating.map(({ callId }) => callId) } },
  });
  const rowByCall = new Map(known.map((row) => [row.callId, row]));
  const announced = await insertViolations(
    ctx,
    violating.filter(({ callId }) => !rowByCall.has(callId)),
  );
  for (const { callId, found } of violating) {
    const row = rowByCall.get(callId);
    if (row && (await addCauses(ctx, row, found))) announced.push(ViolationId.parse(row.id));
  }
  await announceChanges(ctx, "violation.found", announced);
}

async function insertViolations(
  ctx: TransactionContext,
  violating: readonly Violating[],
): Promise<ViolationId[]> {
  const { db, organizationId, now } = ctx;
  const ids = await createIds(ctx, ViolationId, violating.length);
  const rows = violating.map(({ callId, at, found }, index) => ({
    id: ids[index],
    callId,
    at,
    causes: toStoredCauses(found.causes),
    rank: severityRank(found.severity),
    dueAt: dueAt(found.severity, now),
  }));
  const table = toTable(rows, {
    id: "uuid",
    callId: "uuid",
    at: "timestamptz",
    causes: "jsonb",
    rank: "int",
    dueAt: "timestamptz",
  });
  await db.$executeRaw`
    INSERT INTO violation (organization_id, id, call_id, at, causes, codes, rank, found_at, due_at)
    SELECT ${organizationId}::uuid, id, call_id, at, causes,
      ARRAY (SELECT DISTINCT cause ->> 'cause' FROM jsonb_array_elements(causes) AS cause), rank,
      ${now}, due_at
    FROM ${table} AS found`;
  return ids;
}

type Row = { id: string; causes: unknown; dueAt: Date; closedAt: Date | null };

/** Adds the causes that are new to a violation. Returns false if there are none. */
async function addCauses(
  ctx: TransactionContext,
  row: Row,
  found: FoundViolation,
): Promise<boolean> {
  const { db, organizationId, actor, now } = ctx;
  const known = StoredCause.array().parse(row.causes);
  const { causes, added } = mergeCauses<StoredCause>(known, toStoredCauses(found.causes));
  const [first, ...rest] = causes.map(({ cause }) => cause);
  if (added.length === 0 || first === undefined) return false;

  const severity = worstSeverity([first, ...rest]);
  const due = dueAt(severity, now);
  await db.violation.updateMany({
    where: { organizationId, id: row.id },
    data: {
      causes,
      codes: [...new Set([first, ...rest])],
      rank: severityRank(severity),
      closedAt: null,
      // An open violation never gets a later due date; one that is opened again gets a new one.
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
      actor: toStoredActor(actor),
    },
  });
  return true;
}

type JudgedAgain = { callId: CallId; found: FoundViolation | null };

/** Step that says which causes a later check no longer finds. */
const DOUBT_KIND = "found-no-more";
const Details = z.object({ causes: z.array(z.string()) });

/**
 * Adds a step to each open violation with consent causes that a later check no longer finds, usually because a
 * consent from before the call was recorded after it. They stay causes: the consent was unknown when the call
 * was placed, and an officer must decide whether it is genuine. `judged` must hold all causes that the check
 * found. The caller holds the lock "violations".
 */
export async function recordDoubts(ctx: TransactionContext, judged: readonly JudgedAgain[]) {
  const { db, organizationId, now, actor } = ctx;
  const causesByCall = new Map(
    judged.map(({ callId, found }) => [String(callId), listCauses(found)]),
  );
  const open = await db.violation.findMany({
    where: { organizationId, closedAt: null, callId: { in: [...causesByCall.keys()] } },
    include: { steps: { where: { kind: DOUBT_KIND }, orderBy: { id: "desc" }, take: 1 } },
  });
  const doubts = open.flatMap(({ id, callId, causes, steps: [lastDoubt] }) => {
    const found = causesByCall.get(callId ?? "");
    const known = StoredCause.array().parse(causes);
    const doubted = known.flatMap(({ cause }) =>
      isConsentCause(cause) && !found?.has(cause) ? [cause] : [],
    );
    const doubtedBefore = lastDoubt === undefined ? [] : Details.parse(lastDoubt.details).causes;
    // A step is added only if it names a cause that the last one did not.
    const isNew = doubted.some((cause) => !doubtedBefore.includes(cause));
    return isNew ? [{ violationId: id, details: { causes: [...new Set(doubted)] } }] : [];
  });
  await db.violationStep.createMany({
    data: doubts.map((doubt) => ({
      ...doubt,
      organizationId,
      kind: DOUBT_KIND,
      at: now,
      actor: toStoredActor(actor),
    })),
  });
}

const listCauses = (found: FoundViolation | null): ReadonlySet<ViolationCause> =>
  new Set(found?.causes.map(({ cause }) => cause));
