import { sql } from "kysely";
import { z } from "zod";
import { type CallSearch, ComplaintCall, MAX_FOUND_CALLS } from "@ringfence/core/desk/complaint";
import { CallId, ComplaintId, type PhoneId, ScreeningId, ViolationId } from "@ringfence/core/ids";
import {
  ServiceError,
  type TransactionContext,
  command,
  selectRows,
  shareLock,
} from "../../platform/internal.ts";
import { screeningOfCall } from "../../calling/screening/internal.ts";
import { findPerson } from "../../people/phone/internal.ts";
import { lockOpenComplaint, recordEvent } from "./complaint-event.ts";

/*
 * The calls that a complaint is about. The program links those to any phone of the person in the time that the person
 * names (core: `findCallSearch`); officers add and take off by hand. The row of a link that was taken off stays
 * (`unlinked_at`), so the program does not link the call again, but an officer can. The history keeps every step.
 */

const LinkedRow = z.object({ callId: CallId });

/**
 * Links the calls to these phones in the time of the search, nearest first, until the complaint has `MAX_FOUND_CALLS`
 * links, with those that were taken off. Returns how many are new. Call it with the lock "complaint-calls" held, so
 * that no call is logged in between that neither this nor `linkLateCalls` would link.
 */
export async function linkFoundCalls(
  ctx: TransactionContext,
  complaintId: ComplaintId,
  { phoneIds, search }: { phoneIds: readonly PhoneId[]; search: CallSearch },
): Promise<number> {
  const { organizationId, now } = ctx;
  const linked = await selectRows(
    ctx,
    LinkedRow,
    sql`
    INSERT INTO complaint_call (organization_id, complaint_id, call_id, found_by, linked_at)
    SELECT organization_id, ${complaintId}::uuid, id, 'program', ${now}::timestamptz
    FROM call
    WHERE organization_id = ${organizationId}::uuid AND phone_id = ANY (${[...phoneIds]}::uuid[])
      AND at BETWEEN ${search.from}::timestamptz AND ${search.until}::timestamptz
      AND NOT EXISTS (
        SELECT FROM complaint_call AS link
        WHERE link.organization_id = call.organization_id AND link.call_id = call.id
          AND link.complaint_id = ${complaintId}::uuid)
    ORDER BY abs(extract(epoch FROM at - ${search.near}::timestamptz)), id
    LIMIT greatest(0, ${MAX_FOUND_CALLS} - (
      SELECT count(*) FROM complaint_call
      WHERE organization_id = ${organizationId}::uuid AND complaint_id = ${complaintId}::uuid))
    RETURNING call_id`,
  );
  return linked.length;
}

/** Links the call that the person chose on their own page. */
export async function linkChosenCall(
  { db, organizationId, now }: TransactionContext,
  complaintId: ComplaintId,
  callId: CallId,
) {
  await db.complaintCall.create({
    data: { organizationId, complaintId, callId, foundBy: "person", linkedAt: now },
  });
}

const LateRow = z.object({ complaintId: ComplaintId });

/**
 * Links calls that are logged after a complaint about them. Call it in the transaction that records them, once they are
 * inserted. Only open complaints get them, the latest calls first, until a complaint has `MAX_FOUND_CALLS` links.
 */
export async function linkLateCalls(ctx: TransactionContext, callIds: readonly CallId[]) {
  const { db, organizationId, now } = ctx;
  if (callIds.length === 0) return;
  await shareLock(ctx, "complaint-calls");
  const open = await db.complaint.findFirst({
    where: { organizationId, decidedAt: null },
    select: { id: true },
  });
  if (open === null) return;
  const linked = await selectRows(
    ctx,
    LateRow,
    sql`
    INSERT INTO complaint_call (organization_id, complaint_id, call_id, found_by, linked_at)
    SELECT ${organizationId}::uuid, complaint_id, call_id, 'program', ${now}::timestamptz
    FROM (
      SELECT complaint.id AS complaint_id, call.id AS call_id,
        row_number() OVER (PARTITION BY complaint.id ORDER BY call.at DESC, call.id) + (
          SELECT count(*) FROM complaint_call AS linked
          WHERE linked.organization_id = complaint.organization_id
            AND linked.complaint_id = complaint.id) AS place
      FROM complaint
      CROSS JOIN LATERAL (
        SELECT complaint.phone_id
        UNION
        SELECT other.phone_id FROM contact_phone AS own JOIN contact_phone AS other
          ON other.organization_id = own.organization_id AND other.contact_id = own.contact_id
        WHERE own.organization_id = complaint.organization_id AND own.phone_id = complaint.phone_id
      ) AS person
      JOIN call ON call.organization_id = complaint.organization_id
        AND call.phone_id = person.phone_id
        AND call.at BETWEEN complaint.search_from AND complaint.search_until
      WHERE complaint.organization_id = ${organizationId}::uuid AND complaint.decided_at IS NULL
        AND call.id = ANY (${[...callIds]}::uuid[])
    ) AS late
    WHERE place <= ${MAX_FOUND_CALLS}
    ON CONFLICT DO NOTHING
    RETURNING complaint_id`,
  );
  const byComplaint = Map.groupBy(linked, ({ complaintId }) => complaintId);
  for (const [complaintId, calls] of byComplaint) {
    const details = { foundBy: "program", isLate: true, calls: calls.length };
    await recordEvent(ctx, complaintId, { kind: "linked", details });
  }
}

/** Links a call to one of the person's phones, which the program did not find or an officer took off. */
export const linkCall = command({
  name: "linkCall",
  action: "complaint.handle",
  input: ComplaintCall,
  run: async (ctx, { complaintId, callId }) => {
    const { db, organizationId, now } = ctx;
    const { phoneId } = await lockOpenComplaint(ctx, complaintId);
    const phoneIds = await listPhonesOfPerson(ctx, phoneId);
    const call = await db.call.count({
      where: { organizationId, id: callId, phoneId: { in: phoneIds } },
    });
    if (call === 0) throw new ServiceError("not-found", { key: "complaint.call-unknown" });
    const where = { organizationId, complaintId, callId };
    const link = await db.complaintCall.findFirst({ where });
    if (link !== null && link.unlinkedAt === null) {
      throw new ServiceError("conflict", { key: "complaint.call-linked" });
    }
    if (link === null) {
      await db.complaintCall.create({ data: { ...where, foundBy: "officer", linkedAt: now } });
    } else {
      await db.complaintCall.updateMany({
        where,
        data: { foundBy: "officer", linkedAt: now, unlinkedAt: null },
      });
    }
    await recordEvent(ctx, complaintId, {
      kind: "linked",
      details: { foundBy: "officer", callId, calls: 1 },
    });
  },
  audit: (_, { complaintId, callId }) => ({ complaintId, callId, step: "linked" }),
});

/** Takes a call off a complaint that is not about it. The row stays, with the time. */
export const unlinkCall = command({
  name: "unlinkCall",
  action: "complaint.handle",
  input: ComplaintCall,
  run: async (ctx, { complaintId, callId }) => {
    const { db, organizationId, now } = ctx;
    await lockOpenComplaint(ctx, complaintId);
    const { count } = await db.complaintCall.updateMany({
      where: { organizationId, complaintId, callId, unlinkedAt: null },
      data: { unlinkedAt: now },
    });
    if (count === 0) throw new ServiceError("not-found", { key: "complaint.call-not-linked" });
    await recordEvent(ctx, complaintId, { kind: "unlinked", details: { callId } });
  },
  audit: (_, { complaintId, callId }) => ({ complaintId, callId, step: "unlinked" }),
});

/** Lists the phones of everybody who has this phone, this one first. */
export async function listPhonesOfPerson(
  ctx: TransactionContext,
  phoneId: PhoneId,
): Promise<PhoneId[]> {
  const { otherPhones } = await findPerson(ctx, phoneId);
  return [phoneId, ...otherPhones.map(({ id }) => id)];
}

const CallRow = z.object({
  id: CallId,
  at: z.date(),
  seller: z.string(),
  purpose: z.string(),
  outcome: z.string().nullable(),
  campaign: z.string().nullable(),
  foundBy: z.enum(["program", "person", "officer"]).nullable(),
  screeningId: ScreeningId.nullable(),
  verdict: z.enum(["allow", "refuse"]).nullable(),
  /** When the consent took effect that the screening found, whatever its verdict; null if it found none. */
  consentSince: z.coerce.date().nullable(),
  violationId: ViolationId.nullable(),
});

/**
 * A call to the person: how it was linked (`foundBy`, null if it is not), the screening before it (nulls if there was
 * none), and the violation that was found in it.
 */
export type CallOfComplaint = z.infer<typeof CallRow>;

const MAX_OTHER_CALLS = 20;

/**
 * Lists the calls of a complaint, the latest first, and the latest other calls to the person, which an officer may
 * link.
 */
export async function loadCallsOfComplaint(
  ctx: TransactionContext,
  complaintId: ComplaintId,
  phoneId: PhoneId,
): Promise<{ linked: CallOfComplaint[]; others: CallOfComplaint[] }> {
  const { organizationId } = ctx;
  const link = sql`complaint_call AS link ON link.organization_id = call.organization_id
    AND link.call_id = call.id AND link.complaint_id = ${complaintId}::uuid
    AND link.unlinked_at IS NULL`;
  const columns = sql`
    call.id, call.at, seller.name AS seller, call.purpose, call.outcome, call.campaign,
    link.found_by, screening.id AS screening_id, screening.verdict,
    screening.checked #>> '{consent,since}' AS consent_since, violation.id AS violation_id`;
  const joins = sql`
    JOIN seller ON seller.organization_id = call.organization_id AND seller.id = call.seller_id
    LEFT JOIN ${screeningOfCall} ON true
    LEFT JOIN violation ON violation.organization_id = call.organization_id
      AND violation.call_id = call.id`;
  const linked = await selectRows(
    ctx,
    CallRow,
    sql`
    SELECT ${columns} FROM call JOIN ${link} ${joins}
    WHERE call.organization_id = ${organizationId}::uuid
    ORDER BY call.at DESC, call.id`,
  );
  const phoneIds = await listPhonesOfPerson(ctx, phoneId);
  const others = await selectRows(
    ctx,
    CallRow,
    sql`
    SELECT ${columns} FROM call LEFT JOIN ${link} ${joins}
    WHERE call.organization_id = ${organizationId}::uuid
      AND call.phone_id = ANY (${phoneIds}::uuid[]) AND link.call_id IS NULL
    ORDER BY call.at DESC, call.id LIMIT ${MAX_OTHER_CALLS}`,
  );
  return { linked, others };
}
