import type { PhoneId } from "@ringfence/core/ids";
import type { OptOutChannel } from "@ringfence/core/do-not-call/opt-out";
import { mendText } from "@ringfence/core/platform/text";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";

/** `phoneId` is null where nobody knows yet whose it is: then the text says from whom it came. */
type Question = {
  phoneId: PhoneId | null;
  channel: OptOutChannel;
  text: string;
  /** Of a mail, where it is of somebody whom we know. */
  mailbox?: string;
  /** Of a mail, where a machine wrote it. */
  isAutomatic?: boolean;
};

/** What may be a refusal waits for a person, and is never dropped. */
export async function askPerson(
  ctx: TransactionContext,
  { phoneId, channel, text, mailbox, isAutomatic = false }: Question,
): Promise<void> {
  const { db, organizationId, now, actor } = ctx;
  await db.refusalQuestion.create({
    data: {
      organizationId,
      phoneId,
      channel,
      mailbox: mailbox ?? null,
      isAutomatic,
      text: mendText(text),
      receivedAt: now,
      actor: actorOnRecord(actor),
    },
  });
  await appendAudit(ctx, "opt-out.record", { ...(phoneId !== null && { phoneId }), asked: true });
}
