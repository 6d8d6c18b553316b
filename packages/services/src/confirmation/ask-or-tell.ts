import type { Submission } from "@ringfence/core/capture-form";
import type { ConfirmationSettings } from "@ringfence/core/capture-form";
import type { ConsentId, PhoneId } from "@ringfence/core/ids";
import { preferredLocale } from "@ringfence/core/message";
import type { TransactionContext } from "../context.ts";
import { freshIds } from "../fresh-ids.ts";

/** A form cannot be made to pester somebody: more messages in a day to one phone are not sent. */
const MOST_A_DAY = 3;

type Captured = { phoneId: PhoneId; consentIds: readonly ConsentId[] };

/**
 * Lets the person know, or asks them, where the form is made so. Gives the reference by which a code
 * is answered, also where nothing is sent: the answer of a form says nothing about the number.
 */
export async function askOrTell(
  ctx: TransactionContext,
  { settings }: { settings: { confirmation: ConfirmationSettings | null } },
  { email, page }: Submission,
  { phoneId, consentIds }: Captured,
): Promise<string> {
  const { db, organizationId, now } = ctx;
  const [id = ""] = await freshIds<string>(ctx, 1);
  const { confirmation } = settings;
  if (confirmation === null || (await isPestered(ctx, phoneId))) return id;

  await db.confirmation.create({
    data: {
      organizationId,
      id,
      phoneId,
      consentIds: [...consentIds],
      means: confirmation.means,
      email: confirmation.means === "email" ? (email ?? null) : null,
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

async function isPestered({ db, organizationId, now }: TransactionContext, phoneId: PhoneId) {
  const since = new Date(now.getTime() - 86_400_000);
  const sent = await db.confirmation.count({
    where: { organizationId, phoneId, createdAt: { gt: since } },
  });
  return sent >= MOST_A_DAY;
}

/** How long an answer counts: a message is read at once, mail within days, and a mistake noticed later. */
const minutesOf = ({ means, isAsked }: ConfirmationSettings) => {
  if (!isAsked) return 90 * 24 * 60;
  return means === "sms" ? 30 : 2 * 24 * 60;
};
