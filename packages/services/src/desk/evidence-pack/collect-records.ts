import { sql } from "kysely";
import { z } from "zod";
import { CallId, ComplaintId, PhoneId, ScreeningId } from "@ringfence/core/ids";
import { StoredCause } from "@ringfence/core/calling/violation";
import { fromStoredMessage } from "@ringfence/core/platform/message";
import { Phone } from "@ringfence/core/people/phone";
import {
  type NamedActor,
  type TransactionContext,
  loadActorNames,
  selectRows,
} from "../../platform/internal.ts";
import {
  type ScreeningView,
  readScreening,
  screeningOfCall,
} from "../../calling/screening/internal.ts";
import { type StatementOnRecord, openStatements } from "../../proof/statement/internal.ts";
import { loadPurposes } from "../../account/purpose/internal.ts";
import { loadSellers } from "../../account/seller/internal.ts";
import { complaintNotFoundError } from "../complaint/internal.ts";

/*
 * Reads what is on record about a complaint: its calls, what each rested on when it was placed, what the person said
 * of calls before and since, and what was done. Nothing is judged again.
 */

/** A call as the dialer's log reported it. */
export const CallRecord = z.object({
  id: CallId,
  externalId: z.string().nullable(),
  phoneId: PhoneId,
  phone: Phone.nullable(),
  /** Keys, which never change, as names may. */
  seller: z.string(),
  purpose: z.string(),
  at: z.date(),
  outcome: z.string().nullable(),
  seconds: z.number().nullable(),
  campaign: z.string().nullable(),
  dialer: z.string().nullable(),
  recordedAt: z.date(),
  /** The screening that the log names, or the last one of this phone in the day before; null if there is none. */
  screeningId: ScreeningId.nullable(),
  /** The screening that issued the permit with which the call was placed, if that is another one. */
  permitId: ScreeningId.nullable(),
});
export type CallRecord = z.infer<typeof CallRecord>;

/** A violation that was found in one of the calls, and what was done about it, the first step first. */
export type FoundViolation = {
  id: string;
  callId: string | null;
  causes: readonly z.infer<typeof StoredCause>[];
  foundAt: Date;
  closedAt: Date | null;
  steps: readonly { kind: string; text: string | null; at: Date; by: NamedActor | null }[];
};

/** Everything on record that a pack shows. */
export type PackRecords = {
  complaint: ComplaintRecord;
  organization: { name: string; zone: string };
  /** The names of sellers and purposes today, by their keys. */
  sellerNames: ReadonlyMap<string, string>;
  purposeNames: ReadonlyMap<string, string>;
  calls: readonly CallRecord[];
  /** Screenings of these calls, and those that issued their permits, in the order of their times. */
  screenings: readonly ScreeningView[];
  /**
   * Everything that was stated about the number of the complaint and those of its calls, number by number, the first
   * first.
   */
  statements: readonly StatementOnRecord[];
  violations: readonly FoundViolation[];
};

/**
 * Loads the records of a complaint. Throws `not-found` if there is none. Each screening that is read is in the audit
 * trail; the caller audits the rest.
 */
export async function collectRecords(
  ctx: TransactionContext,
  complaintId: ComplaintId,
): Promise<PackRecords> {
  const { db, organizationId } = ctx;
  const complaint = await loadComplaint(ctx, complaintId);
  const calls = await loadCalls(ctx, complaintId);
  const screenings: ScreeningView[] = [];
  const screeningIds = calls.flatMap(({ permitId, screeningId }) => [permitId, screeningId]);
  for (const id of new Set(screeningIds)) {
    if (id !== null) screenings.push(await readScreening(ctx, id));
  }
  const phoneIds = [...new Set([complaint.phoneId, ...calls.map(({ phoneId }) => phoneId)])];
  return {
    complaint,
    organization: await db.organization.findUniqueOrThrow({
      where: { id: organizationId },
      select: { name: true, zone: true },
    }),
    sellerNames: toNames(await loadSellers(ctx)),
    purposeNames: toNames(await loadPurposes(ctx)),
    calls,
    screenings: screenings.toSorted((a, b) => Number(a.at) - Number(b.at)),
    statements: await openStatements(ctx, { subjects: phoneIds }),
    violations: await loadViolations(
      ctx,
      calls.map(({ id }) => id),
    ),
  };
}

const toNames = (named: readonly { key: string; name: string }[]) =>
  new Map(named.map(({ key, name }) => [key, name]));

const ComplaintRecord = z.object({
  id: ComplaintId,
  phoneId: PhoneId,
  /** Null if it was erased. */
  phone: Phone.nullable(),
  text: z.string(),
  source: z.string(),
  regulator: z.string().nullable(),
  regulatorReference: z.string().nullable(),
  saidAt: z.date().nullable(),
  saidOn: z.string().nullable(),
  receivedAt: z.date(),
  dueAt: z.date(),
  decision: z.string().nullable(),
  decidedAt: z.date().nullable(),
});
type ComplaintRecord = z.infer<typeof ComplaintRecord>;

async function loadComplaint(
  ctx: TransactionContext,
  complaintId: ComplaintId,
): Promise<ComplaintRecord> {
  const [complaint] = await selectRows(
    ctx,
    ComplaintRecord,
    sql`
    SELECT complaint.id, phone_id AS "phoneId", phone.e164 AS phone, text, source, regulator,
      regulator_reference AS "regulatorReference", said_at AS "saidAt", said_on::text AS "saidOn",
      received_at AS "receivedAt", due_at AS "dueAt", decision, decided_at AS "decidedAt"
    FROM complaint
    JOIN phone ON phone.organization_id = complaint.organization_id AND phone.id = phone_id
    WHERE complaint.organization_id = ${ctx.organizationId}::uuid
      AND complaint.id = ${complaintId}::uuid`,
  );
  if (!complaint) throw complaintNotFoundError();
  return complaint;
}

const loadCalls = (ctx: TransactionContext, complaintId: ComplaintId): Promise<CallRecord[]> =>
  selectRows(
    ctx,
    CallRecord,
    sql`
    SELECT call.id, call.external_id AS "externalId", call.phone_id AS "phoneId", phone.e164 AS phone,
      seller.key AS seller, call.purpose, call.at, call.outcome, call.seconds, call.campaign, call.dialer,
      call.recorded_at AS "recordedAt", screening.id AS "screeningId", screening.permit_id AS "permitId"
    FROM complaint_call AS linked
    JOIN call ON call.organization_id = linked.organization_id AND call.id = linked.call_id
    JOIN phone ON phone.organization_id = call.organization_id AND phone.id = call.phone_id
    JOIN seller ON seller.organization_id = call.organization_id AND seller.id = call.seller_id
    LEFT JOIN ${screeningOfCall} ON true
    WHERE linked.organization_id = ${ctx.organizationId}::uuid
      AND linked.complaint_id = ${complaintId}::uuid AND linked.unlinked_at IS NULL
    ORDER BY call.at, call.id`,
  );

async function loadViolations(
  ctx: TransactionContext,
  callIds: readonly CallId[],
): Promise<FoundViolation[]> {
  const rows = await ctx.db.violation.findMany({
    where: { organizationId: ctx.organizationId, callId: { in: [...callIds] } },
    include: {
      steps: { orderBy: { id: "asc" }, include: { notes: { select: { text: true } } } },
    },
    orderBy: { id: "asc" },
  });
  const nameActor = await loadActorNames(
    ctx,
    rows.flatMap(({ steps }) => steps.map(({ actor }) => actor)),
  );
  return rows.map(({ id, callId, causes, foundAt, closedAt, steps }) => ({
    id,
    callId,
    causes: StoredCause.array().parse(causes),
    foundAt,
    closedAt,
    steps: steps.map(({ kind, notes, at, actor }) => ({
      kind,
      text: notes[0]?.text ?? null,
      at,
      by: nameActor(actor),
    })),
  }));
}

/** Converts the causes of a violation to messages. */
export const toCauseMessages = ({ causes }: FoundViolation) =>
  causes.map(({ message }) => fromStoredMessage(message));
