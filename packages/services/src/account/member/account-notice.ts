import { z } from "zod";
import { MemberId } from "@ringfence/core/ids";
import { preferredLocale, say } from "@ringfence/core/platform/message";
import {
  type MailContext,
  type TransactionContext,
  command,
  defineJob,
  enqueue,
  inTransaction,
} from "../../platform/internal.ts";

/** A change of a member's sign-in that they should hear of, in case it was not them. */
const AccountNotice = z.enum([
  "authenticator-added",
  "authenticator-removed",
  "passkey-added",
  "passkey-removed",
  "recovery-code-used",
  "factors-reset",
]);
type AccountNotice = z.infer<typeof AccountNotice>;

const NoticeMail = { memberId: MemberId, notice: AccountNotice };

/** Mails a member that their sign-in was changed. */
export const sendAccountNoticeJob = defineJob("account-notice.send", NoticeMail);

/** Queues a mail to a member about their sign-in. */
export async function notifyMember(
  ctx: TransactionContext,
  memberId: MemberId,
  notice: AccountNotice,
) {
  await enqueue(ctx, sendAccountNoticeJob, { memberId, notice }, { maxAttempts: 5 });
}

/** Mails a member what changed about their sign-in, in their language. Nothing if they were removed. */
export const sendAccountNotice = command({
  name: "sendAccountNotice",
  action: "account-notice.send",
  input: z.strictObject(NoticeMail),
  transaction: "by run",
  run: async (ctx: MailContext, { memberId, notice }: NoticeInput): Promise<void> => {
    const { organizationId, messageSender, publicUrl } = ctx;
    const member = await inTransaction(ctx, ({ db }) =>
      db.member.findFirst({
        where: { organizationId, id: memberId, removedAt: null },
        select: { email: true, locale: true, organization: { select: { name: true } } },
      }),
    );
    if (member === null) return;
    const locale = preferredLocale(member.locale);
    const values = { organization: member.organization.name, address: `${publicUrl}/settings` };
    await messageSender.email({
      to: member.email,
      subject: say(locale, { key: "account-notice.subject", values }),
      text: [
        say(locale, { key: `account-notice.${notice}`, values }),
        say(locale, { key: "account-notice.not-you", values }),
      ].join("\n\n"),
    });
  },
  audit: "none",
});

type NoticeInput = { memberId: MemberId; notice: AccountNotice };
