import { z } from "zod";
import { sql } from "kysely";
import type { ConfirmationSettings, Submission } from "@ringfence/core/consents/capture-form";
import { findOptedOutSince } from "@ringfence/core/consents/consent";
import type { PublishedDisclosure } from "@ringfence/core/consents/disclosure";
import {
  type CaptureFormId,
  ConfirmationId,
  type ConsentId,
  type PhoneId,
} from "@ringfence/core/ids";
import { preferredLocale } from "@ringfence/core/platform/message";
import { DAY_MS } from "@ringfence/core/platform/time";
import { loadCountedEvents, loadOptOutsOfPersons } from "../consent/internal.ts";
import {
  type TransactionContext,
  createId,
  defineJob,
  enqueue,
  holdLock,
  selectRow,
} from "../../platform/internal.ts";

/** Sends the message of a confirmation. */
export const sendConfirmationJob = defineJob("confirmation.send", {
  confirmationId: ConfirmationId,
});

/**
 * Messages in 24 hours from one organization to one phone, and to one mailbox. Keeps its forms from being used to
 * harass somebody.
 */
const MAX_A_DAY = 3;
/** Messages in 60 minutes from one form. At either limit nothing is sent, and requested consents stay requested. */
const MAX_PER_FORM_AN_HOUR = 600;

type Form = {
  id: CaptureFormId;
  settings: { confirmation: ConfirmationSettings | null };
  disclosures: readonly PublishedDisclosure[];
};

type CapturedConsents = { phoneId: PhoneId; consentIds: readonly ConsentId[] };

/**
 * Queues the message that informs the person or asks them to confirm. Nothing is sent if the form sends no message, at
 * the limit of a person, at that of the form, or to a number that was texted since it opted out
 * (`wasTextedSinceOptOut`), unless the person proved that it is theirs. Returns the reference for answering with a code
 * even then: the form's response reveals nothing about the number. `isQueued` is for the person's own page alone.
 */
export async function queueConfirmation(
  ctx: TransactionContext,
  form: Form,
  { email, page }: Pick<Submission, "email" | "page">,
  { phoneId, consentIds }: CapturedConsents,
  { hasProvedPhone = false } = {},
): Promise<{ id: ConfirmationId; isQueued: boolean }> {
  const { db, organizationId, now } = ctx;
  const id = await createId(ctx, ConfirmationId);
  const { id: formId, settings } = form;
  const { confirmation } = settings;
  const notQueued = { id, isQueued: false };
  if (confirmation === null) return notQueued;
  const mailbox = confirmation.means === "email" ? (email ?? null) : null;
  await holdLock(ctx, "confirmations");
  if (
    (await hasReachedDailyLimit(ctx, { phoneId, mailbox })) ||
    (await hasReachedFormLimit(ctx, formId))
  )
    return notQueued;
  const isBySms = confirmation.means === "sms" && !hasProvedPhone;
  if (isBySms && (await wasTextedSinceOptOut(ctx, form, phoneId))) return notQueued;

  await db.confirmation.create({
    data: {
      organizationId,
      id,
      phoneId,
      formId,
      consentIds: [...consentIds],
      means: confirmation.means,
      email: mailbox,
      isAsked: confirmation.isAsked,
      locale: preferredLocale(page.language),
      createdAt: now,
      expiresAt: new Date(now.getTime() + minutesToAnswer(confirmation) * 60_000),
    },
  });
  await enqueue(
    ctx,
    sendConfirmationJob,
    { confirmationId: ConfirmationId.parse(id) },
    { key: id },
  );
  return { id, isQueued: true };
}

type Addressee = { phoneId: PhoneId; mailbox: string | null };

async function hasReachedDailyLimit(
  { db, organizationId, now }: TransactionContext,
  { phoneId, mailbox }: Addressee,
) {
  const { most } = await selectRow(
    { db },
    z.object({ most: z.int() }),
    sql`
    SELECT greatest(
      (SELECT count(*) FROM confirmation
       WHERE organization_id = ${organizationId}::uuid AND phone_id = ${phoneId}::uuid
         AND created_at > ${now}::timestamptz - interval '1 day'),
      -- of this organization
      (SELECT count(*) FROM scope.confirmations_with_email(${mailbox})
       WHERE created_at > ${now}::timestamptz - interval '1 day'))::int AS most`,
  );
  return most >= MAX_A_DAY;
}

async function hasReachedFormLimit(
  { db, organizationId, now }: TransactionContext,
  formId: CaptureFormId,
) {
  const since = new Date(now.getTime() - 3_600_000);
  const sent = await db.confirmation.count({
    where: { organizationId, formId, createdAt: { gt: since } },
  });
  return sent >= MAX_PER_FORM_AN_HOUR;
}

/** Days before a number that opted out of this seller may get another text. */
const DAYS_BETWEEN_TEXTS_AFTER_OPT_OUT = 30;

/**
 * True if a number that opted out of this seller got a text from any form since then, within 30 days. The first one
 * is sent, so that the person can consent again by answering it.
 */
async function wasTextedSinceOptOut(
  ctx: TransactionContext,
  { disclosures }: Form,
  phoneId: PhoneId,
): Promise<boolean> {
  const { db, organizationId, now } = ctx;
  const [sellerId] = disclosures.map(({ terms }) => terms.seller);
  const optOuts = await loadOptOutsOfPersons(ctx, [phoneId]);
  if (sellerId === undefined || optOuts.length === 0) return false;
  const events = await loadCountedEvents(ctx, { phones: [phoneId] });
  const optedOutAt = findOptedOutSince(events, optOuts, { sellerId, at: now });
  if (optedOutAt === null) return false;
  const monthAgo = new Date(now.getTime() - DAYS_BETWEEN_TEXTS_AFTER_OPT_OUT * DAY_MS);
  const since = optedOutAt > monthAgo ? optedOutAt : monthAgo;
  const texts = await db.confirmation.count({
    where: { organizationId, phoneId, means: "sms", createdAt: { gt: since } },
  });
  return texts > 0;
}

/**
 * Minutes for which an answer counts: a text is read at once, mail within days, and a mistake is noticed
 * later.
 */
const minutesToAnswer = ({ means, isAsked }: ConfirmationSettings) => {
  if (!isAsked) return 90 * 24 * 60;
  return means === "sms" ? 30 : 2 * 24 * 60;
};
