import { sql } from "kysely";
import { z } from "zod";
import {
  type NamedActor,
  ServiceError,
  type TransactionContext,
  appendAudit,
  command,
  isStoredActor,
  loadActorNames,
  query,
  selectRows,
  toStoredActor,
} from "../../platform/internal.ts";
import { OptOutCorrectionId, OptOutId } from "@ringfence/core/ids";
import {
  AnswerCorrection,
  type CorrectionFacts,
  ProposeCorrection,
  findCorrectionFault,
} from "@ringfence/core/do-not-call/opt-out";
import { readPhone } from "@ringfence/core/people/phone";
import { loadOrganization } from "../../account/organization/internal.ts";
import { findOrAddPhone, lockPhones } from "../../people/phone/internal.ts";
import { saveOptOuts } from "./record.ts";
import { type StoredOptOut, loadOptOut } from "./opt-out.ts";
import {
  assertIndependentReviewer,
  findReviewFault,
  loadReviewFacts,
} from "../../account/member/internal.ts";
import { recordCorrectionStatements } from "./statement.ts";
import type { Message } from "@ringfence/core/platform/message";

/**
 * Proposes to lift an opt-out that was recorded for the wrong number (contract 6). The right number, if the
 * officer knows it, is opted out at once; the wrong one stays opted out until another officer accepts.
 */
export const proposeCorrection = command({
  name: "proposeCorrection",
  action: "opt-out.correct",
  stepUp: true,
  input: ProposeCorrection,
  run: async (ctx, { optOut: id, rightPhone, reason }) => {
    const optOut = await loadOptOut(ctx, id);
    const { phoneId } = optOut;
    await lockPhones(ctx, [phoneId]);
    await assertCorrectable(ctx, optOut);
    await assertNoOpenCorrection(ctx, id);

    const replacement =
      rightPhone === undefined ? null : await recordForRightPhone(ctx, optOut, rightPhone);
    const correctionId = await insertCorrection(ctx, id, { replacement, reason });
    return { phoneId, correctionId };
  },
  // `recordForRightPhone` writes the row about the right number.
  audit: ({ phoneId, correctionId }, { optOut: optOutId }) => ({ phoneId, optOutId, correctionId }),
  answer: ({ correctionId: id }) => ({ id }),
});

async function assertNoOpenCorrection(
  { db, organizationId }: TransactionContext,
  optOutId: OptOutId,
) {
  const open = await db.optOutCorrection.count({
    where: { organizationId, optOutId, answers: { none: {} } },
  });
  if (open > 0) throw new ServiceError("conflict", { key: "opt-out.correction-open" });
}

/**
 * Records the same opt-out, from the same time, for the number that was meant. Returns the id of the opt-out that is
 * then on record for it, which may be an earlier one that this one repeats.
 */
async function recordForRightPhone(ctx: TransactionContext, optOut: StoredOptOut, written: string) {
  const { homeRegion } = await loadOrganization(ctx);
  const read = readPhone(written, homeRegion);
  if ("fault" in read) throw new ServiceError("invalid", read.fault, "/rightPhone");
  const phoneId = await findOrAddPhone(ctx, read.phone);
  if (phoneId === optOut.phoneId) {
    throw new ServiceError("invalid", { key: "opt-out.correction-same-number" }, "/rightPhone");
  }
  const { scope, channel, at, note, recording } = optOut;
  const [replacement] = await saveOptOuts(ctx, [{ phoneId, scope, channel, at, note, recording }]);
  if (!replacement) throw new Error("an opt-out was not saved");
  await appendAudit(ctx, "opt-out.record", { phoneId, optOutId: replacement.id });
  return replacement.id;
}

async function insertCorrection(
  { db, organizationId, actor, now }: TransactionContext,
  optOutId: OptOutId,
  { replacement, reason }: { replacement: OptOutId | null; reason: string },
) {
  const { id } = await db.optOutCorrection.create({
    data: {
      organizationId,
      optOutId,
      replacementId: replacement,
      proposedAt: now,
      actor: toStoredActor(actor),
      reasons: { create: { text: reason } },
    },
  });
  return OptOutCorrectionId.parse(id);
}

/**
 * Answers a proposal to correct an opt-out. If an officer who is independent of the proposer accepts, and the person
 * has not repeated it since, the opt-out is lifted from now on; other opt-outs of its number stay. Any officer may
 * reject, and then nothing changes (contract 6).
 */
export const answerCorrection = command({
  name: "answerCorrection",
  action: "opt-out.correct",
  stepUp: true,
  input: AnswerCorrection,
  run: async (ctx, { id, isAccepted }) => {
    const correction = await loadCorrection(ctx, id);
    const optOut = await loadOptOut(ctx, OptOutId.parse(correction.optOutId));
    const { phoneId } = optOut;
    await lockPhones(ctx, [phoneId]);
    await assertNotAnswered(ctx, id);
    if (isAccepted) {
      if (isStoredActor(ctx.actor, correction.actor)) {
        throw new ServiceError("forbidden", { key: "opt-out.correction-own" });
      }
      await assertIndependentReviewer(ctx, [correction.actor]);
      await assertCorrectable(ctx, optOut);
      await queueLifted(ctx, optOut);
    }
    await insertAnswer(ctx, { id, optOutId: optOut.id, isAccepted });
    if (isAccepted) await recordCorrectionStatements(ctx, [{ optOut, correction }], "wrong_number");
    return { phoneId, optOutId: optOut.id };
  },
  audit: ({ phoneId, optOutId }, { id: correctionId, isAccepted }) => ({
    phoneId,
    optOutId,
    correctionId,
    isAccepted,
  }),
  answer: ({ optOutId }) => ({ optOutId }),
});

async function loadCorrection({ db, organizationId }: TransactionContext, id: string) {
  const row = await db.optOutCorrection.findFirst({ where: { organizationId, id } });
  if (row) return row;
  throw new ServiceError("not-found", { key: "opt-out.correction-not-found" });
}

async function assertNotAnswered({ db, organizationId }: TransactionContext, correctionId: string) {
  const answered = await db.optOutCorrectionAnswer.count({
    where: { organizationId, correctionId },
  });
  if (answered > 0) throw new ServiceError("conflict", { key: "opt-out.correction-answered" });
}

/** Queues the lift for the feed, so that dialers that keep a copy learn of it. */
const queueLifted = ({ db, organizationId }: TransactionContext, { id }: StoredOptOut) =>
  db.optOutQueue.create({ data: { organizationId, optOutId: id, change: "lifted" } });

const insertAnswer = (
  { db, organizationId, actor, now }: TransactionContext,
  { id, ...answer }: { id: string; optOutId: string; isAccepted: boolean },
) =>
  db.optOutCorrectionAnswer.create({
    data: {
      organizationId,
      correctionId: id,
      ...answer,
      answeredAt: now,
      actor: toStoredActor(actor),
    },
  });

const FactsRow = z.object({
  id: OptOutId,
  isErased: z.boolean(),
  correctedAt: z.date().nullable(),
  wasMadeByPerson: z.boolean(),
  repeatedAt: z.date().nullable(),
});

/**
 * Loads the facts that decide whether opt-outs can be corrected, by id. Repeats by click are answered with
 * the first opt-out and found in the audit trail; anonymous repeats are in `anonymous_refusal`. A repeat
 * within a burst does not count, because the person did not make it. Older audit trails did not tell these
 * apart and also call the first opt-out of a busy page a repeat, so the entry that created an opt-out is not
 * counted. Ids that the organization has not recorded are missing from the result.
 */
export async function loadCorrectionFacts(
  { db, organizationId }: TransactionContext,
  ids: readonly OptOutId[],
): Promise<Map<OptOutId, CorrectionFacts>> {
  const rows = await selectRows(
    { db },
    FactsRow,
    sql`
    SELECT opt_out.id, phone.e164 IS NULL AS "isErased", corrected_at AS "correctedAt",
      -- A text or a key pressed, as a provider hands it on, comes from the number itself.
      coalesce(opt_out.actor ->> 'type' = 'person'
        OR opt_out.actor ->> 'type' = 'job' AND opt_out.actor ->> 'id' = 'inbound'
          AND channel IN ('sms', 'ivr'), FALSE) AS "wasMadeByPerson",
      least(clicked.at, typed.at) AS "repeatedAt"
    FROM opt_out_known AS opt_out
    JOIN phone ON phone.organization_id = opt_out.organization_id AND phone.id = opt_out.phone_id
    CROSS JOIN LATERAL (
      SELECT min(at) AS at FROM (
        SELECT at, details, entry.actor ->> 'type' AS who, row_number() OVER (ORDER BY id) AS ordinal
        FROM audit_entry AS entry
        WHERE entry.organization_id = opt_out.organization_id
          AND entry.phone_id = opt_out.phone_id AND action = 'opt-out.record'
          AND details ->> 'optOutId' = opt_out.id::text
      ) AS entries
      WHERE details ->> 'isRepeat' = 'true' AND details ->> 'isAnonymous' IS NULL
        AND NOT (ordinal = 1 AND who = 'visitor' AND opt_out.actor ->> 'type' = 'visitor')
    ) AS clicked
    CROSS JOIN LATERAL (
      SELECT min(received_at) AS at FROM anonymous_refusal AS refusal
      WHERE refusal.organization_id = opt_out.organization_id
        AND refusal.opt_out_id = opt_out.id AND NOT is_new
        AND NOT EXISTS (SELECT FROM burst_refusal
          WHERE burst_refusal.organization_id = refusal.organization_id
            AND refusal_id = refusal.id)
    ) AS typed
    WHERE opt_out.organization_id = ${organizationId}::uuid
      AND opt_out.id = ANY (${[...ids]}::uuid[])`,
  );
  return new Map(rows.map(({ id, ...facts }) => [id, facts]));
}

/** Loads the reason why an opt-out cannot be corrected; null if it can. */
export async function loadCorrectionFault(
  ctx: TransactionContext,
  id: OptOutId,
): Promise<Message | null> {
  const facts = (await loadCorrectionFacts(ctx, [id])).get(id);
  if (!facts) throw new Error("an opt-out is not on record");
  return findCorrectionFault(facts);
}

/**
 * Asserts that an opt-out can be corrected. Call it with the phone locked, so that a concurrent repeat
 * becomes an opt-out of its own.
 */
async function assertCorrectable(ctx: TransactionContext, { id }: StoredOptOut) {
  const fault = await loadCorrectionFault(ctx, id);
  if (fault) throw new ServiceError("conflict", fault);
}

export type CorrectionList = { items: readonly CorrectionView[]; count: number };

/** Lists the corrections that wait for another officer, newest first, at most 50. `count` counts all that wait. */
export const listCorrections = query({
  name: "listCorrections",
  action: "opt-out.read",
  forAllSellers: true,
  run: async (ctx): Promise<CorrectionList> => {
    const { db, organizationId } = ctx;
    const count = await db.optOutCorrection.count({ where: { organizationId, ...isUnanswered } });
    const items = await loadCorrections(ctx, { optOutId: null });
    return { items, count };
  },
  audit: ({ items }) => (items.length > 0 ? { corrections: items.length } : null),
});

/** A correction as members see it. */
export type CorrectionView = {
  id: OptOutCorrectionId;
  optOutId: OptOutId;
  phoneId: string;
  /** The wrong number. Null after erasure. */
  phone: string | null;
  reference: string;
  /** Null after erasure. */
  reason: string | null;
  /** The opt-out of the right number, if the officer knew it. */
  replacement: { optOutId: OptOutId; phone: string | null; reference: string } | null;
  proposedAt: Date;
  /** Who proposed it. */
  by: NamedActor | null;
  /** True if the reader proposed it. */
  isOwn: boolean;
  /**
   * Reason why the reader is not independent enough to accept it; null if they are. Whether the opt-out can still be
   * corrected is another question (`loadCorrectionFault`).
   */
  acceptFault: Message | null;
  /** Null while it waits. */
  answer: { isAccepted: boolean; at: Date; by: NamedActor | null } | null;
};

const MAX_LISTED = 50;

/** Condition for corrections that wait for an answer. */
const isUnanswered = { answers: { none: {} } };

/** Loads corrections, newest first: all of one opt-out or, if `optOutId` is null, the last `MAX_LISTED` that wait. */
export async function loadCorrections(
  ctx: TransactionContext,
  { optOutId }: { optOutId: OptOutId | null },
): Promise<CorrectionView[]> {
  const { db, organizationId } = ctx;
  const optOut = { select: { phoneId: true, reference: true, phone: { select: { e164: true } } } };
  const rows = await db.optOutCorrection.findMany({
    where: { organizationId, ...(optOutId ? { optOutId } : isUnanswered) },
    include: { optOut, replacement: optOut, reasons: true, answers: true },
    orderBy: { id: "desc" },
    ...(optOutId === null && { take: MAX_LISTED }),
  });
  const facts = await loadReviewFacts(ctx);
  const nameActor = await loadActorNames(
    ctx,
    rows.flatMap(({ actor, answers }) => [actor, ...answers.map((answer) => answer.actor)]),
  );
  return rows.map(({ id, replacementId, replacement, optOut, answers: [answer], ...row }) => ({
    id: OptOutCorrectionId.parse(id),
    optOutId: OptOutId.parse(row.optOutId),
    phoneId: optOut.phoneId,
    phone: optOut.phone.e164,
    reference: optOut.reference,
    reason: row.reasons[0]?.text ?? null,
    replacement: replacement && {
      optOutId: OptOutId.parse(replacementId),
      phone: replacement.phone.e164,
      reference: replacement.reference,
    },
    proposedAt: row.proposedAt,
    by: nameActor(row.actor),
    isOwn: isStoredActor(ctx.actor, row.actor),
    acceptFault: findReviewFault(ctx, facts, [row.actor]),
    answer: answer
      ? { isAccepted: answer.isAccepted, at: answer.answeredAt, by: nameActor(answer.actor) }
      : null,
  }));
}
