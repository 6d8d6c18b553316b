import type { ConfirmationSettings, Submission } from "@ringfence/core/consents/capture-form";
import { refusedSince } from "@ringfence/core/consents/consent";
import type { PublishedDisclosure } from "@ringfence/core/consents/disclosure";
import type { CaptureFormId, ConsentId, PhoneId } from "@ringfence/core/ids";
import { preferredLocale } from "@ringfence/core/platform/message";
import { DAY_MS } from "@ringfence/core/platform/time";
import { readEvents } from "../consent/events.ts";
import { readOptOuts } from "../consent/standing.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { createIds } from "../../platform/create-ids.ts";
import { holdLock } from "../../platform/lock/hold-lock.ts";

/** A form cannot be made to pester somebody: more in a day are sent to no phone, and to no mailbox. */
const MOST_A_DAY = 3;
/** Nor to flood many: beyond these nothing is sent, and what was asked for stays asked for. */
const MOST_OF_A_FORM_AN_HOUR = 600;

type Form = {
  id: CaptureFormId;
  settings: { confirmation: ConfirmationSettings | null };
  disclosures: readonly PublishedDisclosure[];
};

type Captured = { phoneId: PhoneId; consentIds: readonly ConsentId[] };

/**
 * Lets the person know, or asks them, where the form is made so. Gives the reference by which a code
 * is answered, also where nothing is sent: the answer of a form says nothing about the number.
 */
export async function askOrTell(
  ctx: TransactionContext,
  form: Form,
  { email, page }: Submission,
  { phoneId, consentIds }: Captured,
): Promise<string> {
  const { db, organizationId, now } = ctx;
  const [id = ""] = await createIds<string>(ctx, 1);
  const { id: formId, settings } = form;
  const { confirmation } = settings;
  if (confirmation === null) return id;
  const mailbox = confirmation.means === "email" ? (email ?? null) : null;
  await holdLock(ctx, "confirmations");
  if ((await isPestered(ctx, { phoneId, mailbox })) || (await isFlooding(ctx, formId))) return id;
  if (confirmation.means === "sms" && (await wasTextedDespiteRefusal(ctx, form, phoneId)))
    return id;

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
      expiresAt: new Date(now.getTime() + minutesOf(confirmation) * 60_000),
    },
  });
  await db.$executeRaw`
    SELECT graphile_worker.add_job('confirmation.send',
      json_build_object('organizationId', ${organizationId}::uuid, 'confirmationId', ${id}::uuid),
      job_key := ${id})`;
  return id;
}

type Addressee = { phoneId: PhoneId; mailbox: string | null };

async function isPestered(
  { db, organizationId, now }: TransactionContext,
  { phoneId, mailbox }: Addressee,
) {
  const [sent] = await db.$queryRaw<[{ most: number }]>`
    SELECT greatest(
      count(*) FILTER (WHERE phone_id = ${phoneId}::uuid),
      count(*) FILTER (WHERE lower(email) = lower(${mailbox})))::int AS most
    FROM confirmation
    WHERE organization_id = ${organizationId}::uuid
      AND (phone_id = ${phoneId}::uuid OR lower(email) = lower(${mailbox}))
      AND created_at > ${now}::timestamptz - interval '1 day'`;
  return sent.most >= MOST_A_DAY;
}

async function isFlooding({ db, organizationId, now }: TransactionContext, formId: CaptureFormId) {
  const since = new Date(now.getTime() - 3_600_000);
  const sent = await db.confirmation.count({
    where: { organizationId, formId, createdAt: { gt: since } },
  });
  return sent >= MOST_OF_A_FORM_AN_HOUR;
}

/** Days for which a form does not text a number that refused this seller again. */
const REFUSED_DAYS = 30;

/**
 * True if a number that refused this seller has had a text from any form within 30 days. One is sent,
 * so that a person can agree again by answering it.
 */
async function wasTextedDespiteRefusal(
  ctx: TransactionContext,
  { disclosures }: Form,
  phoneId: PhoneId,
): Promise<boolean> {
  const { db, organizationId, now } = ctx;
  const [sellerId] = disclosures.map(({ terms }) => terms.seller);
  const optOuts = await readOptOuts(ctx, [phoneId]);
  if (sellerId === undefined || optOuts.length === 0) return false;
  const events = await readEvents(ctx, { phones: [phoneId] });
  const refused = refusedSince(events, optOuts, { sellerId, at: now });
  if (refused === null) return false;
  const monthAgo = new Date(now.getTime() - REFUSED_DAYS * DAY_MS);
  const since = refused > monthAgo ? refused : monthAgo;
  const texts = await db.confirmation.count({
    where: { organizationId, phoneId, means: "sms", createdAt: { gt: since } },
  });
  return texts > 0;
}

/** How long an answer counts: a message is read at once, mail within days, and a mistake noticed later. */
const minutesOf = ({ means, isAsked }: ConfirmationSettings) => {
  if (!isAsked) return 90 * 24 * 60;
  return means === "sms" ? 30 : 2 * 24 * 60;
};
