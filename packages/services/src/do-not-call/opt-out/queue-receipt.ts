import type { OptOutId } from "@ringfence/core/ids";
import type { Locale } from "@ringfence/core/platform/message";
import { mendText } from "@ringfence/core/platform/text";
import { DAY_MS } from "@ringfence/core/platform/time";
import type { TransactionContext } from "../../platform/context.ts";
import { holdLock } from "../../platform/lock/hold-lock.ts";
import { freshIds } from "../../platform/fresh-ids.ts";

/** Anybody can write a mail in another's name: their mailbox is not to be filled by ours. */
const MOST_A_DAY = 3;

/** Whose mailbox it is, for what was refused by a mail from it. */
export type ReceiptAsked = { email: string; optOutIds: readonly OptOutId[]; locale: Locale };

/** Has the receipts of refusals sent to the mailbox from which they came, unless it had several today. */
export async function queueReceipt(
  ctx: TransactionContext,
  { email, optOutIds, locale }: ReceiptAsked,
) {
  if (optOutIds.length === 0) return;
  const { db, keys, organizationId, now } = ctx;
  await holdLock(ctx, "confirmations");
  const mailboxKey = Buffer.from(keys.mac(organizationId, "mailbox", email.toLowerCase()));
  const since = new Date(now.getTime() - DAY_MS);
  const where = { organizationId, mailboxKey };
  await db.receiptMail.deleteMany({ where: { ...where, createdAt: { lte: since } } });
  if ((await db.receiptMail.count({ where })) >= MOST_A_DAY) return;

  const [id = ""] = await freshIds<string>(ctx, 1);
  const asked = { email: mendText(email), optOutIds: [...optOutIds], locale, createdAt: now };
  await db.receiptMail.create({ data: { ...where, id, ...asked } });
  await db.$executeRaw`
    SELECT graphile_worker.add_job('receipt.send',
      json_build_object('organizationId', ${organizationId}::uuid, 'receiptMailId', ${id}::uuid),
      job_key := ${id}::text)`;
}
