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

/** The person's act, and the address and browser of their request. */
const AnswerEvidence = z.strictObject({ act: z.string(), ip: z.string(), userAgent: z.string() });
type AnswerEvidence = z.infer<typeof AnswerEvidence>;

/**
 * Records that the person confirmed, by the link or the code that we sent. They consent from now on. Only if
 * the confirmation was sent by text message does it prove who has the number: then it also lifts earlier opt-outs,
 * for calls of its seller about its purposes (`docs/contract.md`, 6). Safe to repeat.
 */
export const confirmConsents = command({
  name: "confirmConsents",
  action: "consent.answer",
  input: AnswerEvidence.extend({ confirmationId: ConfirmationId }),
  run: async (ctx, { confirmationId, ...evidence }) => {
    const { db, organizationId, now } = ctx;
    const confirmation = await lockOwnConfirmation(ctx, confirmationId);
    if (confirmation.confirmedAt !== null) return;
    assertOpen(confirmation, now);

    const [phone] = await db.phone.findMany({
      where: { organizationId, id: confirmation.phoneId },
    });
    if (phone === undefined || phone.e164 === null)
      throw new ServiceError("not-found", { key: "confirmation.not-found" });
    // Keeps the time at which this began: a confirmation lifts no opt-out that was recorded while it waited.
    await lockPhones(ctx, [requirePersonPhone(ctx)]);
    await recordAnswers(ctx, confirmation, "granted", evidence);
    await db.confirmation.updateMany({
      where: { organizationId, id: confirmationId },
      data: { confirmedAt: now },
    });
    await appendAudit(ctx, "consent.answer", { phoneId: requirePersonPhone(ctx), confirmationId });
  },
  audit: "by run",
});

/** Throws if the person was not asked, has disowned the form, or is too late. One confirmed already passes. */
export function assertOpen(confirmation: ConfirmationRow, now: Date) {
  const { isAsked, disownedAt, expiresAt } = confirmation;
  if (!isAsked) throw new ServiceError("conflict", { key: "confirmation.not-asked" });
  if (disownedAt !== null) throw new ServiceError("conflict", { key: "confirmation.disowned" });
  if (expiresAt <= now) throw new ServiceError("conflict", { key: "confirmation.expired" });
}

/** Wrong attempts allowed for a code. There are a million codes. */
const MAX_ATTEMPTS = 5;

const CodeAnswer = AnswerEvidence.omit({ act: true }).extend({
  confirmationId: ConfirmationId,
  code: z.string(),
});

/**
 * Confirms by the code in the text message. Returns the link to the receipt, or null for a wrong code, which
 * counts as an attempt. Throws once there were too many, even for the right code, and for a confirmation by email.
 */
export const confirmByCode = command({
  name: "confirmByCode",
  action: "consent.capture",
  input: CodeAnswer,
  run: async (ctx, { confirmationId, code, ...request }): Promise<{ receipt: string } | null> => {
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
    await confirmConsents(person, { confirmationId, act: "code typed", ...request });
    return { receipt: createReceiptLink(ctx, confirmation) };
  },
  audit: "by run",
});

/**
 * Records that the person denies having filled in the form. From now on its consents count as never given,
 * even if they were confirmed or the confirmation has expired. Safe to repeat.
 */
export const disownConsents = command({
  name: "disownConsents",
  action: "consent.answer",
  input: AnswerEvidence.omit({ act: true }).extend({ confirmationId: ConfirmationId }),
  run: async (ctx, { confirmationId, ...request }) => {
    const { db, organizationId } = ctx;
    const confirmation = await lockOwnConfirmation(ctx, confirmationId);
    if (confirmation.disownedAt !== null) return;

    // Takes the time after the wait, so that it ends a confirmation that was recorded meanwhile.
    const locked = await lockPhones(ctx, [requirePersonPhone(ctx)]);
    await recordAnswers(locked, confirmation, "invalidated", { act: "disowned", ...request });
    await db.confirmation.updateMany({
      where: { organizationId, id: confirmationId },
      data: { disownedAt: locked.now },
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
 * Records the person's answer for each consent of the confirmation: `granted` or `invalidated`. Only an answer
 * to a text message proves who has the number, and so lifts opt-outs (`docs/contract.md`, 6). The caller has locked
 * the confirmation and the phone.
 */
async function recordAnswers(
  ctx: TransactionContext,
  { id: confirmationId, consentIds, means, sentAt }: ConfirmationRow,
  type: "granted" | "invalidated",
  evidence: AnswerEvidence,
) {
  const { db, organizationId, now, actor } = ctx;
  // The first event of each consent, which the form captured.
  const captures = await db.consentEvent.findMany({
    where: { organizationId, consentId: { in: consentIds } },
    orderBy: { id: "asc" },
    distinct: ["consentId"],
  });
  const ids = await createIds(ctx, z.uuid(), captures.length);
  const events = captures.map((capture, index) => ({
    ...capture,
    id: ids[index] ?? "",
    type,
    isProven: type === "granted" && isProofOfNumber(means),
    at: now,
    validUntil: type === "granted" ? capture.validUntil : null,
    recordedAt: now,
    actor: toStoredActor(actor),
    mac: null,
  }));
  await db.consentEvent.createMany({ data: events });
  const body = mendJson({ ...evidence, means, confirmation: confirmationId, sentAt });
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
    captures.map((capture) => capture.id),
  );
  const consents = events.map((event, index) => {
    const placement = placements.get(captures[index]?.id ?? "") ?? null;
    return { ...toConsentToState(event, body), placement };
  });
  if (type === "granted") {
    await recordConsentStatements(ctx, consents);
    if (isProofOfNumber(means))
      for (const consent of consents) await recordLiftStatements(ctx, consent);
  } else
    for (const consent of consents)
      await recordWithdrawalStatement(ctx, consent, "consent.invalidated");
  await authenticateConsents(ctx, ids);
}

/**
 * True for a text message, which reaches the phone itself. Whoever fills in the form may give any email
 * address, so that proves nothing about the number.
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

/** Loads where each form was filled in, by the id of the captured event. Missing once evidence is erased. */
async function loadPlacements(
  { db, organizationId }: TransactionContext,
  captured: string[],
): Promise<Map<string, FormPlacement>> {
  const rows = await db.evidence.findMany({
    where: { organizationId, consentEventId: { in: captured } },
  });
  return new Map(
    rows.flatMap(({ consentEventId, body }) => {
      const { success, data } = EvidenceWithPlacement.safeParse(body);
      return success ? [[consentEventId, data.placement] as const] : [];
    }),
  );
}

/** The part of a captured event's evidence that says where the form was filled in. */
const EvidenceWithPlacement = z.object({ placement: FormPlacement });

/** Converts an event and its evidence. A consent captured by a form always has a disclosure. */
function toConsentToState(event: unknown, evidence: unknown): Omit<ConsentToState, "placement"> {
  const { id, disclosureId, disclosureVersion, ...answered } = AnsweredEvent.parse(event);
  const disclosure = { id: disclosureId, version: disclosureVersion };
  return { ...answered, eventId: id, disclosure, contact: undefined, evidence };
}

/** Loads a confirmation, without a lock, in any state. Throws `not-found`. It does not check whose it is. */
export async function loadConfirmation(
  { db, organizationId }: TransactionContext,
  id: ConfirmationId,
) {
  const row = await db.confirmation.findFirst({ where: { organizationId, id } });
  if (row === null) throw new ServiceError("not-found", { key: "confirmation.not-found" });
  return row;
}

/** Locks a confirmation and loads it, so that concurrent answers are handled one after the other. */
async function lockConfirmation(ctx: TransactionContext, id: ConfirmationId) {
  await ctx.db.$executeRaw`
    SELECT FROM confirmation
    WHERE organization_id = ${ctx.organizationId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  return loadConfirmation(ctx, id);
}

/** Locks a confirmation that was sent to the person who answers. */
async function lockOwnConfirmation(ctx: TransactionContext, id: ConfirmationId) {
  const confirmation = await lockConfirmation(ctx, id);
  if (confirmation.phoneId !== requirePersonPhone(ctx))
    throw new ServiceError("not-found", { key: "confirmation.not-found" });
  return confirmation;
}

type ConfirmationRow = Awaited<ReturnType<typeof loadConfirmation>>;

/** Creates the link to the receipt. It names the first consent; the receipt shows all consents of the form. */
export const createReceiptLink = (
  ctx: TransactionContext,
  { consentIds }: Pick<ConfirmationRow, "consentIds">,
): string => createConsentReceiptLink(ctx, ConsentId.parse(consentIds[0]));
