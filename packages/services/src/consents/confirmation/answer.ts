import { command } from "../../platform/verb.ts";
import { z } from "zod";
import { type ConfirmationId, ConsentId, PhoneId, SellerId } from "@ringfence/core/ids";
import { requirePersonPhone } from "../../platform/access/person-context.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import { lockPhones } from "../../people/phone/lock-phones.ts";
import { isCode } from "../../platform/keys/code.ts";
import { FormPlacement } from "@ringfence/core/consents/capture-form";
import { Element } from "@ringfence/core/consents/consent";
import { Channel } from "@ringfence/core/people/phone";
import { PurposeKey } from "@ringfence/core/account/purpose";
import { mendJson } from "@ringfence/core/platform/text";
import { toStoredActor } from "../../platform/access/stored-actor.ts";
import { type StatedConsent, stateConsents, stateWithdrawal } from "../consent/statement.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { announceChanges } from "../../do-not-call/outbox/announce.ts";
import { createIds } from "../../platform/create-ids.ts";
import { authenticateConsents } from "../../proof/record/consent-macs.ts";
import { recordLiftStatements } from "../../do-not-call/opt-out/statement.ts";
import { writeConsentReceipt } from "../consent/receipt.ts";

/**
 * The person says yes by the link that we sent them. Only now they have agreed; as nobody else can
 * answer it, this lifts an earlier refusal for its seller and purposes (contract 6). Safe to repeat.
 */
export const confirmConsents = command({
  name: "confirmConsents",
  action: "consent.answer",
  input: z.custom<{ confirmationId: ConfirmationId } & AnsweredBy>(),
  run: async (ctx, { confirmationId, ...by }) => {
    const { db, organizationId, now } = ctx;
    const confirmation = await lockConfirmation(ctx, confirmationId);
    if (confirmation.confirmedAt !== null) return;
    requireOpen(confirmation, now);

    const [phone] = await db.phone.findMany({
      where: { organizationId, id: confirmation.phoneId },
    });
    if (phone === undefined || phone.e164 === null)
      throw new ServiceError("not-found", { key: "confirmation.not-found" });
    await lockPhones(ctx, [requirePersonPhone(ctx)]);
    await appendAnswers(ctx, confirmation, "granted", by);
    await db.confirmation.updateMany({
      where: { organizationId, id: confirmationId },
      data: { confirmedAt: now },
    });
    await appendAudit(ctx, "consent.answer", { phoneId: requirePersonPhone(ctx), confirmationId });
  },
  audit: "by run",
});

export function requireOpen(confirmation: ConfirmationRow, now: Date) {
  const { isAsked, disownedAt, expiresAt } = confirmation;
  if (!isAsked) throw new ServiceError("conflict", { key: "confirmation.not-asked" });
  if (disownedAt !== null) throw new ServiceError("conflict", { key: "confirmation.disowned" });
  if (expiresAt <= now) throw new ServiceError("conflict", { key: "confirmation.expired" });
}

/** Of a million codes, so many may be tried. */
const MOST_ATTEMPTS = 5;

type ByCode = { confirmationId: ConfirmationId; code: string } & Omit<AnsweredBy, "act">;

/**
 * The person types the code of the message into the page on which they filled in the form. Null for a
 * wrong code, which counts; a right one is a yes, and answers with the receipt of what they agreed to.
 */
export const confirmByCode = command({
  name: "confirmByCode",
  action: "consent.capture",
  input: z.custom<ByCode>(),
  run: async (ctx, { confirmationId, code, ...by }): Promise<{ receipt: string } | null> => {
    const { db, organizationId } = ctx;
    const confirmation = await lockConfirmation(ctx, confirmationId);
    requireOpen(confirmation, ctx.now);
    if (confirmation.means !== "sms" || confirmation.attempts >= MOST_ATTEMPTS) {
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
    return { receipt: linkReceipt(ctx, confirmation) };
  },
  audit: "by run",
});

/**
 * The person says that it was not them who filled in the form: its consents are as if never given,
 * however late this comes. Safe to repeat.
 */
export const disownConsents = command({
  name: "disownConsents",
  action: "consent.answer",
  input: z.custom<{ confirmationId: ConfirmationId } & Omit<AnsweredBy, "act">>(),
  run: async (ctx, { confirmationId, ...by }) => {
    const { db, organizationId } = ctx;
    const confirmation = await lockConfirmation(ctx, confirmationId);
    if (confirmation.disownedAt !== null) return;

    const later = await lockPhones(ctx, [requirePersonPhone(ctx)]);
    await appendAnswers(later, confirmation, "invalidated", { act: "disowned", ...by });
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

/** What the server saw of the request by which a person answered. */
type AnsweredBy = { act: string; ip: string; userAgent: string };

/**
 * Puts the person's answer on record for each consent that they were asked about: `granted`, or
 * `invalidated`. Only an answer to the phone proves an act of whose phone it is, and lifts a refusal
 * (contract 6).
 */
async function appendAnswers(
  ctx: TransactionContext,
  { id: confirmation, consentIds, means, sentAt }: ConfirmationRow,
  type: "granted" | "invalidated",
  by: AnsweredBy,
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
    isProven: type === "granted" && isProof(means),
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
  const placements = await readPlacements(
    ctx,
    first.map((asked) => asked.id),
  );
  const stated = events.map((event, index) => {
    const placement = placements.get(first[index]?.id ?? "") ?? null;
    return { ...readStated(event, body), placement };
  });
  if (type === "granted") {
    await stateConsents(ctx, stated);
    if (isProof(means)) for (const one of stated) await recordLiftStatements(ctx, one);
  } else for (const one of stated) await stateWithdrawal(ctx, one, "consent.invalidated");
  await authenticateConsents(ctx, ids);
}

/** A text message reaches the phone itself; the mailbox is whatever the form was given. */
const isProof = (means: ConfirmationRow["means"]) => means === "sms";

const Answered = z.object({
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

/** Finds where each form was filled in, by the event that it captured. Nothing is known about erased events. */
async function readPlacements(
  { db, organizationId }: TransactionContext,
  captured: string[],
): Promise<Map<string, FormPlacement>> {
  const rows = await db.evidence.findMany({
    where: { organizationId, consentEventId: { in: captured } },
  });
  return new Map(
    rows.flatMap(({ consentEventId, body }) => {
      const { success, data } = Captured.safeParse(body);
      return success ? [[consentEventId, data.placement] as const] : [];
    }),
  );
}

const Captured = z.object({ placement: FormPlacement });

/** What a form captured always shows words. */
function readStated(event: unknown, evidence: unknown): Omit<StatedConsent, "placement"> {
  const { id, disclosureId, disclosureVersion, ...answered } = Answered.parse(event);
  const disclosure = { id: disclosureId, version: disclosureVersion };
  return { ...answered, eventId: id, disclosure, contact: undefined, evidence };
}

/** A confirmation, so that of two answers at once the second sees the first. */
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

type ConfirmationRow = Awaited<ReturnType<typeof lockConfirmation>>;

/** The link to the receipt of what a confirmation is about. */
export const linkReceipt = (
  ctx: TransactionContext,
  { consentIds }: Pick<ConfirmationRow, "consentIds">,
): string => writeConsentReceipt(ctx, ConsentId.parse(consentIds[0]));
