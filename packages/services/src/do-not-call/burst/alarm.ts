import { z } from "zod";
import { MemberId, RefusalBurstId } from "@ringfence/core/ids";
import { preferredLocale, say } from "@ringfence/core/platform/message";
import { hasAccess } from "../../account/member/internal.ts";
import {
  type MailContext,
  type TransactionContext,
  command,
  inTransaction,
} from "../../platform/internal.ts";

const AlarmMail = z.strictObject({ burstId: RefusalBurstId, memberId: MemberId });
type AlarmMail = z.infer<typeof AlarmMail>;

/**
 * Mails a member, in their language, that a burst of opt-outs has begun. Sends nothing once it is dismissed.
 */
export const sendBurstAlarm = command({
  name: "sendBurstAlarm",
  action: "burst-alarm.send",
  input: AlarmMail,
  transaction: "by run",
  run: async (ctx: MailContext, sending: AlarmMail): Promise<void> => {
    const { messageSender, publicUrl } = ctx;
    const member = await inTransaction(ctx, (ctx) => findRecipient(ctx, sending));
    if (member === null) return;
    const locale = preferredLocale(member.locale);
    const subject = say(locale, { key: "opt-out.burst-alarm.subject" });
    const body = say(locale, { key: "opt-out.burst-alarm.body" });
    const text = [subject, body, `${publicUrl}/opt-outs/bursts/${sending.burstId}`].join("\n\n");
    await messageSender.email({ to: member.email, subject, text });
  },
  audit: "none",
});

async function findRecipient(
  { db, organizationId }: TransactionContext,
  { burstId, memberId }: AlarmMail,
) {
  const burst = await db.refusalBurst.findFirst({
    where: { organizationId, id: burstId, dismissedAt: null },
  });
  if (burst === null) return null;
  return db.member.findFirst({
    where: { organizationId, id: memberId, ...hasAccess },
  });
}

/**
 * Describes bursts to endpoints, without addresses or phone numbers. The opt-outs themselves are shown on the
 * page.
 */
export async function describeBursts(
  { db, organizationId }: TransactionContext,
  ids: string[],
): Promise<[id: string, content: object][]> {
  const rows = await db.refusalBurst.findMany({
    where: { organizationId, id: { in: ids } },
    include: { _count: { select: { refusals: true } } },
  });
  return rows.map(({ id, addressKey, openedAt, lastAt, _count: { refusals } }) => [
    id,
    {
      id,
      channel: "web",
      addresses: addressKey === null ? "many" : "one",
      refusals,
      since: openedAt,
      lastAt,
      page: `/opt-outs/bursts/${id}`,
    },
  ]);
}
