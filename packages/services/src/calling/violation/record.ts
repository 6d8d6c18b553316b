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
import { type TransactionContext, createIds, toStoredActor } from "../../platform/internal.ts";
import { announceChanges } from "../../do-not-call/outbox/internal.ts";
import { z } from "zod";

type Judged = { callId: CallId; at: Date; found: FoundViolation | null };
type Bad = Judged & { found: FoundViolation };

/**
 * Records which calls were violations, and notifies endpoints. A call that is a violation already keeps its
 * row: new causes are added and open it again.
 */
export async function writeViolations(ctx: TransactionContext, judged: readonly Judged[]) {
  const bad = judged.filter((one): one is Bad => one.found !== null);
  if (bad.length === 0) return;
  const { db, organizationId } = ctx;
  const known = await db.violation.findMany({
    where: { organizationId, callId: { in: bad.map(({ callId }) => callId) } },
  });
  const rowByCall = new Map(known.map((row) => [row.callId, row]));
  const announced = await insertViolations(
    ctx,
    bad.filter(({ callId }) => !rowByCall.has(callId)),
  );
  for (const { callId, found } of bad) {
    const row = rowByCall.get(callId);
    if (row && (await addCauses(ctx, row, found))) announced.push(ViolationId.parse(row.id));
  }
  await announceChanges(ctx, "violation.found", announced);
}

async function insertViolations(
  ctx: TransactionContext,
  bad: readonly Bad[],
): Promise<ViolationId[]> {
  const { db, organizationId, now } = ctx;
  const ids = await createIds<ViolationId>(ctx, bad.length);
  await db.$executeRaw`
    INSERT INTO violation (organization_id, id, call_id, at, causes, codes, rank, found_at, due_at)
    SELECT ${organizationId}::uuid, id, call_id, at, causes,
      ARRAY (SELECT DISTINCT cause ->> 'cause' FROM jsonb_array_elements(causes) AS cause), rank,
      ${now}, due_at
    FROM unnest(${ids}::uuid[], ${bad.map(({ callId }) => callId)}::uuid[],
        ${bad.map(({ at }) => at)}::timestamptz[],
        ${bad.map(({ found }) => JSON.stringify(toStoredCauses(found.causes)))}::jsonb[],
        ${bad.map(({ found }) => severityRank(found.severity))}::int[],
        ${bad.map(({ found }) => dueAt(found.severity, now))}::timestamptz[])
      AS found (id, call_id, at, causes, rank, due_at)`;
  return ids;
}

type Row = { id: string; causes: unknown; dueAt: Date; closedAt: Date | null };

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

const KIND = "found-no-more";
const Details = z.object({ causes: z.array(z.string()) });

/**
 * Notes on open violations which causes no longer apply, because a consent was recorded later that counts
 * from before the call. They stay causes: the consent was not known when the call was placed, and a person
 * decides whether it is true.
 */
export async function noteDoubts(ctx: TransactionContext, judged: readonly JudgedAgain[]) {
  const { db, organizationId, now, actor } = ctx;
  const causesByCall = new Map(
    judged.map(({ callId, found }) => [String(callId), listCauses(found)]),
  );
  const open = await db.violation.findMany({
    where: { organizationId, closedAt: null, callId: { in: [...causesByCall.keys()] } },
    include: { steps: { where: { kind: KIND }, orderBy: { id: "desc" }, take: 1 } },
  });
  const doubts = open.flatMap(({ id, callId, causes, steps: [said] }) => {
    const found = causesByCall.get(callId ?? "");
    const known = StoredCause.array().parse(causes);
    const gone = known.flatMap(({ cause }) =>
      isConsentCause(cause) && !found?.has(cause) ? [cause] : [],
    );
    const before = said === undefined ? [] : Details.parse(said.details).causes;
    const isNew = gone.some((cause) => !before.includes(cause));
    return isNew ? [{ violationId: id, details: { causes: [...new Set(gone)] } }] : [];
  });
  await db.violationStep.createMany({
    data: doubts.map((doubt) => ({
      ...doubt,
      organizationId,
      kind: KIND,
      at: now,
      actor: toStoredActor(actor),
    })),
  });
}

const listCauses = (found: FoundViolation | null): ReadonlySet<ViolationCause> =>
  new Set(found?.causes.map(({ cause }) => cause));
