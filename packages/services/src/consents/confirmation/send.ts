import { ConfirmationId, PhoneId } from "@ringfence/core/ids";
import { type Locale, type Message, preferredLocale, say } from "@ringfence/core/platform/message";
import {
  type MailContext,
  type MessageSender,
  type TransactionContext,
  addJob,
  command,
  createCode,
  hasNoLiveJob,
  inTransaction,
  queueJobs,
  writeLink,
} from "../../platform/internal.ts";
import { createStopLink } from "../../do-not-call/stop-page/internal.ts";
import type { Db } from "@ringfence/db";
import { sql } from "kysely";
import { sendConfirmationJob } from "./queue-within-limits.ts";

/**
 * Sends the message of a confirmation. It is sent again only if the process died between sending and
 * recording, or the provider failed after it had sent it. Sends nothing if it was sent already, if the confirmation
 * has expired, or if its number or mailbox was erased.
 */
export const sendConfirmation = command({
  name: "sendConfirmation",
  action: "confirmation.send",
  input: ConfirmationId,
  transaction: "by run",
  run: async (
    ctx: MailContext & { messageSender: MessageSender },
    id: ConfirmationId,
  ): Promise<void> => {
    const { messageSender, publicUrl } = ctx;
    const ready = await inTransaction(ctx, (ctx) => loadMessage(ctx, id));
    if (ready === null) return;
    const parts = { organizationId: ctx.organizationId, id };
    const link = `${publicUrl}/c/${writeLink(ctx.keys, "confirmation link", parts)}`;
    const { seller, isAsked, locale, to } = ready;
    const values = { seller, code: createCode(ctx.keys, "confirmation code", parts), link };
    const sayPart = (part: "sms" | "subject" | "email") =>
      say(locale, { key: keys[part][isAsked ? "asked" : "told"], values });
    if (to.means === "sms") await messageSender.sms({ to: to.phone, text: sayPart("sms") });
    else {
      const unsubscribe = `${publicUrl}/s/${createStopLink(ctx, ready.phoneId)}/refuse`;
      const [subject, text] = [sayPart("subject"), sayPart("email")];
      await messageSender.email({ to: to.email, subject, text, unsubscribe });
    }

    const { organizationId } = ctx;
    await inTransaction(ctx, async ({ db, now }) => {
      await db.confirmation.updateMany({ where: { organizationId, id }, data: { sentAt: now } });
    });
  },
  audit: "none",
});

type MessageToSend = {
  phoneId: PhoneId;
  seller: string;
  isAsked: boolean;
  locale: Locale;
  to: { means: "sms"; phone: string } | { means: "email"; email: string };
};

/** Loads what to send and to whom; null if there is nothing to send any more. */
async function loadMessage(
  { db, organizationId, now }: TransactionContext,
  id: ConfirmationId,
): Promise<MessageToSend | null> {
  const row = await db.confirmation.findFirst({
    where: { organizationId, id },
    include: { phone: true },
  });
  if (row === null || row.sentAt !== null || row.expiresAt <= now) return null;
  const event = await db.consentEvent.findFirst({
    where: { organizationId, consentId: { in: row.consentIds } },
    include: { seller: true },
  });
  const phone = row.phone.e164;
  const to =
    row.means === "sms"
      ? phone && { means: "sms" as const, phone }
      : row.email && { means: "email" as const, email: row.email };
  if (event === null || !to) return null;
  const { name: seller } = event.seller;
  const phoneId = PhoneId.parse(row.phoneId);
  return { phoneId, seller, isAsked: row.isAsked, locale: preferredLocale(row.locale), to };
}

const keys = {
  sms: { asked: "confirmation.sms-asked", told: "confirmation.sms-told" },
  subject: { asked: "confirmation.subject-asked", told: "confirmation.subject-told" },
  email: { asked: "confirmation.email-asked", told: "confirmation.email-told" },
} as const satisfies Record<string, Record<"asked" | "told", Message["key"]>>;

/**
 * Queues again the messages that should have gone out a minute ago and have no live job. A message that the
 * provider rejected waits in its own job. One whose number or mailbox was erased is left out. Runs across
 * organizations, like the queue.
 */
export async function requeueConfirmations({ prisma }: Pick<Db, "prisma">): Promise<void> {
  const send = addJob(
    sendConfirmationJob,
    { organizationId: sql`organization_id`, confirmationId: sql`id` },
    { key: sql`id` },
  );
  await queueJobs(
    prisma,
    sql`SELECT ${send} FROM confirmation
    WHERE sent_at IS NULL AND expires_at > clock_timestamp()
      AND created_at < clock_timestamp() - interval '1 minute'
      AND CASE WHEN means = 'email' THEN email IS NOT NULL ELSE EXISTS (
        SELECT FROM phone
        WHERE phone.organization_id = confirmation.organization_id AND phone.id = phone_id
          AND e164 IS NOT NULL) END
      AND ${hasNoLiveJob(sql`confirmation.id::text`, 60)}`,
  );
}
