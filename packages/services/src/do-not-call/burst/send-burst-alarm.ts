import type { MemberId, RefusalBurstId } from "@ringfence/core/ids";
import { preferredLocale, say } from "@ringfence/core/platform/message";
import {
  type Post,
  type RootContext,
  type TransactionContext,
  allow,
  inTransaction,
} from "../../platform/internal.ts";

type AlarmMail = { burstId: RefusalBurstId; memberId: MemberId };
type MailTools = { post: Pick<Post, "email">; publicUrl: string };

/**
 * Mails a member, in their language, that a burst of opt-outs has begun. Sends nothing once it is dismissed.
 */
export async function sendBurstAlarm(
  ctx: RootContext,
  sending: AlarmMail,
  { post, publicUrl }: MailTools,
): Promise<void> {
  allow(ctx, "burst-alarm.send");

  const member = await inTransaction(ctx, (ctx) => findRecipient(ctx, sending));
  if (member === null) return;
  const locale = preferredLocale(member.locale);
  const subject = say(locale, { key: "opt-out.burst-alarm.subject" });
  const body = say(locale, { key: "opt-out.burst-alarm.body" });
  const text = [subject, body, `${publicUrl}/opt-outs/bursts/${sending.burstId}`].join("\n\n");
  await post.email({ to: member.email, subject, text });
}

async function findRecipient(
  { db, organizationId }: TransactionContext,
  { burstId, memberId }: AlarmMail,
) {
  const burst = await db.refusalBurst.findFirst({
    where: { organizationId, id: burstId, dismissedAt: null },
  });
  if (burst === null) return null;
  return db.member.findFirst({ where: { organizationId, id: memberId, removedAt: null } });
}
