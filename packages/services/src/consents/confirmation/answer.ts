import {
  ServiceError,
  type TransactionContext,
  appendAudit,
  command,
  createIds,
  isCode,
  requirePersonPhone,
  toStoredActor,
} from "../../platform/internal.ts";
import { z } from "zod";
import { ConfirmationId, ConsentId, PhoneId, SellerId } from "@ringfence/core/ids";
import { lockPhones } from "../../people/phone/internal.ts";
import { FormPlacement } from "@ringfence/core/consents/capture-form";
import { Element } from "@ringfence/core/consents/consent";
import { Channel } from "@ringfence/core/people/phone";
import { PurposeKey } from "@ringfence/core/account/purpose";
import { mendJson } from "@ringfence/core/platform/text";
import {
  type ConsentToState,
  createConsentReceiptLink,
  recordConsentStatements,
  recordWithdrawalStatement,
} from "../consent/internal.ts";
import { announceChanges } from "../../do-not-call/outbox/internal.ts";
import { authenticateConsents } from "../../proof/record/internal.ts";
import { recordLiftStatements } from "../../do-not-call/opt-out/internal.ts";

/** What the person did, and the request that carried it, as the server saw it. */
const AnswerEvidence = z.strictObject({ act: z.string(), ip: z.string(), userAgent: z.string() });
type AnswerEvidence = z.infer<typeof AnswerEvidence>;

/**
 * Records that the person confirms through the link that we sent. Only now have they consented; since
 * nobody else can answer, this lifts an earlier opt-out for its seller and purposes (contract 6). Safe to
 * repeat.
 */
export const confirmConsents = command({
  name: "confirmConsents",
  action: "consent.answer",
  input: AnswerEvidence.extend({ confirmationId: ConfirmationId }),
  run: async (ctx, { confirmationId, ...by }) => {
    const { db, organizationId, now } = ctx;
    const confirmation = await lockOwnConfirmation(ctx, confirmationId);
    if (confirmation.confirmedAt !== null) return;
    assertOpen(confirmation, now);

    const [phone] = await db.phone.findMany({
      where: { organizationId, id: confirmation.phoneId },
    });
    if (phone === undefined || phone.e164 === null)
      throw new ServiceError("not-found", { key: "confirmation.not-found" });
    await lockPhones(ctx, [requirePersonPhone(ctx)]);
    await recordAnswers(ctx, confirmation, "granted", by);
    await db.confirmation.updateMany({
      where: { organizationId, id: confirmationId },
      data: { confirmedAt: now },
    });
    await appendAudit(ctx, "consent.answer", { phoneId: requirePersonPhone(ctx), confirmationId });
  },
  audit: "by run",
});

export function assertOpen(confirmation: ConfirmationRow, now: Date) {
  const { isAsked, disownedAt, expiresAt } = confirmation;
  if (!isAsked) throw new ServiceError("conflict", { key: "confirmation.not-asked" });
  if (disownedAt !== null) throw new ServiceError("conflict", { key: "confirmation.disowned" });
  if (expiresAt <= now) throw new ServiceError("conflict", { key: "confirmation.expired" });
}

/** Attempts allowed for a code, of which there are a million. */
const MAX_ATTEMPTS = 5;

const CodeAnswer = AnswerEvidence.omit({ act: true }).extend({
  confirmationId: ConfirmationId,
  code: z.string(),
});

/**
 * Confirms by the code in the text message. Returns null for a wrong code, which counts as an attempt, and
 * the link to the receipt for a right one.
 */
export const confirmByCode = command({
  name: "confirmByCode",
  action: "consent.capture",
  input: CodeAnswer,
  run: async (ctx, { confirmationId, code, ...by }): Promise<{ receipt: string } | null> => {
    const { db, organizationId } = ctx;
    const confirmation = await lockConfirmation(ctx, confirmationId);
    assertOpen(confirmation, ctx.now);
    if (confirmation.means !== "sms" || confirmation.attempts >= MAX_ATTEMPTS) {
      throw new ServiceError("conflict", { key: "confirmation.too-often" });
    }
    const parts = { organizationId, id: confirmationId };
    if (!isCode(ctx.keys, "confirmation code", parts, code)) {
      await db.confirmation.updateMany({
        where: { organizationId, id: confirmationId },
        data: { attempts: { increment: 1 } },
      });
      return null;
    }
    const phoneId = PhoneId.parse(confirmation.phoneId);
    const person = { ...ctx, actor: { type: "person", phoneId } as const };
    await confirmConsents(person, { confirmationId, act: "code typed", ...by });
    return { receipt: createReceiptLink(ctx, confirmation) };
  },
  audit: "by run",
});

/**
 * Records that the person did not fill in the form. Its consents count as never given, however late this
 * comes. Safe to repeat.
 */
export const disownConsents = command({
  name: "disownConsents",
  action: "consent.answer",
  input: AnswerEvidence.omit({ act: true }).extend({ confirmationId: ConfirmationId }),
  run: async (ctx, { confirmationId, ...by }) => {
    const { db, organizationId } = ctx;
    const confirmation = await lockOwnConfirmation(ctx, confirmationId);
    if (confirmation.disownedAt !== null) return;

    const later = await lockPhones(ctx, [requirePersonPhone(ctx)]);
    await recordAnswers(later, confirmation, "invalidated", { act: "disowned", ...by });
    await db.confirmation.updateMany({
      where: { organizationId, id: confirmationId },
      data: { disownedAt: later.now },
    });
    await appendAudit(ctx, "consent.answer", {
      phoneId: requirePersonPhone(ctx),
      confirmationId,
      isDisowned: true,
    });
  },
  audit: "by run",
});

/**
 * Records the person's answer for each consent of the confirmation: `granted` or `invalidated`. Only an
 * answer from the phone itself proves whose act it was and lifts an opt-out (contract 6).
 */
async function recordAnswers(
  ctx: TransactionContext,
  { id: confirmation, consentIds, means, sentAt }: ConfirmationRow,
  type: "granted" | "invalidated",
  by: AnswerEvidence,
) {
  const { db, organizationId, now, actor } = ctx;
  const first = await db.consentEvent.findMany({
    where: { organizationId, consentId: { in: consentIds } },
    orderBy: { id: "asc" },
    distinct: ["consentId"],
  });
  const ids = await createIds<string>(ctx, first.length);
  const events = first.map((asked, index) => ({
    ...asked,
    id: ids[index] ?? "",
    type,
    isProven: type === "granted" && isProofOfNumber(means),
    at: now,
    validUntil: type === "granted" ? asked.validUntil : null,
    recordedAt: now,
    actor: toStoredActor(actor),
    mac: null,
  }));
  await db.consentEvent.createMany({ data: events });
  const body = mendJson({ ...by, means, confirmation, sentAt });
  await db.evidence.createMany({
    data: events.map(({ id }) => ({
      organizationId,
      consentEventId: id,
      body: JSON.parse(JSON.stringify(body)),
    })),
  });
  await announceChanges(ctx, "consent.changed", ids);
  const placements = await loadPlacements(
    ctx,
    first.map((asked) => asked.id),
  );
  const stated = events.map((event, index) => {
    const placement = placements.get(first[index]?.id ?? "") ?? null;
    return { ...toConsentToState(event, body), placement };
  });
  if (type === "granted") {
    await recordConsentStatements(ctx, stated);
    if (isProofOfNumber(means)) for (const one of stated) await recordLiftStatements(ctx, one);
  } else for (const one of stated) await recordWithdrawalStatement(ctx, one, "consent.invalidated");
  await authenticateConsents(ctx, ids);
}

/**
 * True for a text message, which reaches the phone itself. An email address is whatever the form was given.
 */
const isProofOfNumber = (means: ConfirmationRow["means"]) => means === "sms";

const AnsweredEvent = z.object({
  id: z.string(),
  consentId: ConsentId,
  phoneId: PhoneId,
  sellerId: SellerId,
  purposes: z.array(PurposeKey),
  channels: z.array(Channel),
  elements: z.array(Element),
  isWritten: z.boolean(),
  isProven: z.boolean(),
  at: z.date(),
  validUntil: z.date().nullable(),
  source: z.string(),
  disclosureId: z.string(),
  disclosureVersion: z.int(),
});

/** Loads where each form was filled in, by captured event. Erased events are missing. */
async function loadPlacements(
  { db, organizationId }: TransactionContext,
  captured: string[],
): Promise<Map<string, FormPlacement>> {
  const rows = await db.evidence.findMany({
    where: { organizationId, consentEventId: { in: captured } },
  });
  return new Map(
    rows.flatMap(({ consentEventId, body }) => {
      const { success, data } = CapturedEvidence.safeParse(body);
      return success ? [[consentEventId, data.placement] as const] : [];
    }),
  );
}

const CapturedEvidence = z.object({ placement: FormPlacement });

/** Converts an event and its evidence. A captured consent always has a text. */
function toConsentToState(event: unknown, evidence: unknown): Omit<ConsentToState, "placement"> {
  const { id, disclosureId, disclosureVersion, ...answered } = AnsweredEvent.parse(event);
  const disclosure = { id: disclosureId, version: disclosureVersion };
  return { ...answered, eventId: id, disclosure, contact: undefined, evidence };
}

/** Locks a confirmation, so that the second of two concurrent answers sees the first. */
export async function lockConfirmation(
  { db, organizationId }: TransactionContext,
  id: ConfirmationId,
) {
  await db.$executeRaw`
    SELECT FROM confirmation
    WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  const row = await db.confirmation.findFirst({ where: { organizationId, id } });
  if (row === null) throw new ServiceError("not-found", { key: "confirmation.not-found" });
  return row;
}

/** Locks a confirmation that was sent to the person who answers. */
async function lockOwnConfirmation(ctx: TransactionContext, id: ConfirmationId) {
  const confirmation = await lockConfirmation(ctx, id);
  if (confirmation.phoneId !== requirePersonPhone(ctx))
    throw new ServiceError("not-found", { key: "confirmation.not-found" });
  return confirmation;
}

type ConfirmationRow = Awaited<ReturnType<typeof lockConfirmation>>;

/** Creates the link to the receipt of the confirmation's consents. */
export const createReceiptLink = (
  ctx: TransactionContext,
  { consentIds }: Pick<ConfirmationRow, "consentIds">,
): string => createConsentReceiptLink(ctx, ConsentId.parse(consentIds[0]));
