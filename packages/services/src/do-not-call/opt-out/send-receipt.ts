import { OptOutId, type ReceiptMailId } from "@ringfence/core/ids";
import { type Locale, preferredLocale, say } from "@ringfence/core/platform/message";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { Post } from "../../platform/message-sender.ts";
import {
  type RootContext,
  type TransactionContext,
  inTransaction,
} from "../../platform/context.ts";
import { readLogPolicy } from "../../proof/ledger/policy.ts";
import { certifyAlone } from "../../proof/certificate/certify-alone.ts";
import { type StoredOptOut, loadOptOut } from "./opt-out.ts";

/**
 * Tells a person by mail that their refusal is in force: its reference, and its signed receipt. Others
 * may be on record under the same mailbox, so that no number is told in it, and no page opened by it.
 * Once as far as we know; then the address is forgotten.
 */
export async function sendReceipt(
  ctx: RootContext,
  id: ReceiptMailId,
  { post }: { post: Pick<Post, "email"> },
): Promise<void> {
  allow(ctx, "receipt.send");

  const policy = await readLogPolicy(ctx.db);
  const ready = await inTransaction(ctx, (ctx) => prepare(ctx, id, policy));
  if (ready === null) return;
  const { organization, locale, email, receipts } = ready;
  if (receipts.length === 0) return;
  const lines = receipts.map(({ optOut: { reference } }) =>
    say(locale, { key: "receipt.line", values: { reference } }),
  );
  await post.email({
    to: email,
    subject: say(locale, { key: "receipt.subject", values: { organization } }),
    text: [say(locale, { key: "receipt.email", values: { organization } }), ...lines].join("\n\n"),
    attachments: receipts.map(({ optOut: { reference }, certificate }) => ({
      name: `receipt-${reference}.json`,
      type: "application/json",
      content: JSON.stringify(certificate),
    })),
  });
  await inTransaction(ctx, async ({ db, organizationId, now }) => {
    const sent = { sentAt: now, email: null };
    await db.receiptMail.updateMany({ where: { organizationId, id }, data: sent });
  });
}

type Ready = {
  organization: string;
  locale: Locale;
  email: string;
  receipts: readonly {
    optOut: StoredOptOut;
    certificate: Awaited<ReturnType<typeof certifyAlone>>;
  }[];
};

async function prepare(
  ctx: TransactionContext,
  id: ReceiptMailId,
  policy: string,
): Promise<Ready | null> {
  const { db, organizationId } = ctx;
  const row = await db.receiptMail.findFirst({
    where: { organizationId, id },
    include: { organization: { select: { name: true } } },
  });
  if (row === null || row.sentAt !== null || row.email === null) return null;
  const receipts: Ready["receipts"][number][] = [];
  for (const one of row.optOutIds) {
    const optOut = await loadOptOut(ctx, OptOutId.parse(one));
    const certificate = await certifyAlone(ctx, policy, optOut.id, { isMailed: true });
    receipts.push({ optOut, certificate });
    const { phoneId } = optOut;
    await appendAudit(ctx, "receipt.send", { phoneId, optOutId: optOut.id, receiptMailId: id });
  }
  const { email, organization } = row;
  return { email, organization: organization.name, locale: preferredLocale(row.locale), receipts };
}
