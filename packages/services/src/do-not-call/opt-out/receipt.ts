import {
  type MailContext,
  ServiceError,
  type TransactionContext,
  appendAudit,
  command,
  createId,
  defineJob,
  enqueue,
  holdLock,
  inTransaction,
  requirePersonPhone,
} from "../../platform/internal.ts";
import { z } from "zod";
import { OptOutId, ReceiptMailId } from "@ringfence/core/ids";
import type { Certificate } from "@ringfence/core/proof/ledger";
import type { ScopeView } from "@ringfence/core/do-not-call/opt-out";
import { readLogPolicy } from "../../proof/ledger/internal.ts";
import { type StoredOptOut, findCorrectedAt, loadOptOut, toScopeView } from "./opt-out.ts";
import { loadSellers } from "../../account/seller/internal.ts";
import {
  PrintSettings,
  certifyWithoutChain,
  layOutCertificate,
} from "../../proof/certificate/internal.ts";
import { type Locale, preferredLocale, say } from "@ringfence/core/platform/message";
import { mendText } from "@ringfence/core/platform/text";
import { DAY_MS } from "@ringfence/core/platform/time";
import type { Db } from "@ringfence/db";

/** Mails a person the receipt of their opt-out. */
export const sendReceiptJob = defineJob("receipt.send", { receiptMailId: ReceiptMailId });

/** A receipt of an opt-out, with its proof. */
export type Receipt = {
  organization: string;
  /** IANA name of the zone in which times are shown. */
  zone: string;
  /** Null if it was erased. */
  phone: string | null;
  scope: ScopeView;
  effectiveAt: Date;
  /**
   * Time at which two officers lifted it, because of a wrong number or a burst (`findCorrectedAt`); null if they did
   * not.
   */
  correctedAt: Date | null;
  reference: string;
  certificate: Certificate;
};

/**
 * Reads the receipt of an opt-out, for whoever has its link: perhaps not the person of the number, because anybody may
 * have typed it. So it covers this opt-out only, and no other statement about the number.
 */
export const readReceipt = command({
  name: "readReceipt",
  action: "opt-out.keep-receipt",
  input: z.strictObject({ optOutId: OptOutId }),
  transaction: "by run",
  run: async (ctx, { optOutId: id }): Promise<Receipt> => {
    const policy = await readLogPolicy(ctx.db);
    return inTransaction(ctx, async (ctx) => {
      const { db, organizationId } = ctx;
      // The link names the opt-out; its holder acts as the person of that number (`openReceiptLink`).
      const phoneId = requirePersonPhone(ctx);
      const row = await db.optOut.findFirst({
        where: { organizationId, id, phoneId },
        include: { phone: true, answers: { where: { isAccepted: true } } },
      });
      if (row === null) throw new ServiceError("not-found", { key: "stop.not-found" });
      await appendAudit(ctx, "opt-out.keep-receipt", { phoneId, optOutId: id });
      const { name, zone } = await db.organization.findUniqueOrThrow({
        where: { id: organizationId },
      });
      return {
        organization: name,
        zone,
        phone: row.phone.e164,
        scope: toScopeView(await loadSellers(ctx), row),
        effectiveAt: row.at,
        correctedAt: findCorrectedAt(ctx, row),
        reference: row.reference,
        certificate: await certifyWithoutChain(ctx, policy, id),
      };
    });
  },
  // One row, in the transaction that reads the receipt.
  audit: "by run",
});

/** Prints a receipt as a PDF, with its proof attached. */
export const printReceipt = command({
  name: "printReceipt",
  action: "opt-out.keep-receipt",
  input: PrintSettings.extend({ optOutId: OptOutId }),
  transaction: "by run",
  run: async (ctx, { optOutId, locale, publicUrl, fontFolder }): Promise<Uint8Array> => {
    const { certificate, zone } = await readReceipt(ctx, { optOutId });
    const address = `${publicUrl}/verify`;
    return layOutCertificate({ certificate, locale, address, fontFolder, zone });
  },
  // `readReceipt` writes the row.
  audit: "by run",
});

/** The most mails to one mailbox in 24 hours. They are limited because anybody can write a mail in another's name. */
const MOST_A_DAY = 3;

/** The mailbox from which opt-outs came by mail, and their ids. */
export type ReceiptRequest = { email: string; optOutIds: readonly OptOutId[]; locale: Locale };

/**
 * Mails a person that their opt-out is in force, with its reference and its signed receipt. Others may share the
 * mailbox, so the mail contains no number and opens no page. Then the address is deleted. If the worker stops between
 * sending and deleting, the mail is sent again; otherwise a repeated call sends nothing.
 */
export const sendReceipt = command({
  name: "sendReceipt",
  action: "receipt.send",
  input: ReceiptMailId,
  transaction: "by run",
  run: async (ctx: MailContext, id: ReceiptMailId): Promise<void> => {
    const policy = await readLogPolicy(ctx.db);
    const mail = await inTransaction(ctx, (ctx) => prepareMail(ctx, id, policy));
    if (mail === null) return;
    const { organization, locale, email, receipts } = mail;
    const lines = receipts.map(({ optOut: { reference } }) =>
      say(locale, { key: "receipt.line", values: { reference } }),
    );
    await ctx.messageSender.email({
      to: email,
      subject: say(locale, { key: "receipt.subject", values: { organization } }),
      text: [say(locale, { key: "receipt.email", values: { organization } }), ...lines].join(
        "\n\n",
      ),
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
  },
  // One row for each receipt and attempt, in the transaction before the mail is sent.
  audit: "by run",
});

type PreparedMail = {
  organization: string;
  locale: Locale;
  email: string;
  receipts: readonly {
    optOut: StoredOptOut;
    certificate: Awaited<ReturnType<typeof certifyWithoutChain>>;
  }[];
};

/** Makes the receipts, and audits them. Null if the mail was sent, or its address was deleted. */
async function prepareMail(
  ctx: TransactionContext,
  id: ReceiptMailId,
  policy: string,
): Promise<PreparedMail | null> {
  const { db, organizationId } = ctx;
  const row = await db.receiptMail.findFirst({
    where: { organizationId, id },
    include: { organization: { select: { name: true } } },
  });
  if (row === null || row.sentAt !== null || row.email === null) return null;
  const receipts: PreparedMail["receipts"][number][] = [];
  for (const optOutId of row.optOutIds) {
    const optOut = await loadOptOut(ctx, OptOutId.parse(optOutId));
    const certificate = await certifyWithoutChain(ctx, policy, optOut.id, { hidesPerson: true });
    receipts.push({ optOut, certificate });
    const { phoneId } = optOut;
    await appendAudit(ctx, "receipt.send", { phoneId, optOutId: optOut.id, receiptMailId: id });
  }
  const { email, organization } = row;
  return { email, organization: organization.name, locale: preferredLocale(row.locale), receipts };
}

/**
 * Deletes the rows of receipt mails after three days, and any address in them, whether the receipt was sent or not.
 * Crosses organizations, which only the sweep may do. Returns how many were deleted.
 */
export const forgetMailboxes = ({ prisma }: Db): Promise<number> =>
  prisma.$executeRaw`
    DELETE FROM receipt_mail WHERE created_at <= now() - interval '3 days'`;

/**
 * Queues the receipts of opt-outs for the mailbox from which they came. Nothing is sent if three mails were queued for
 * it in the last 24 hours. Its older rows are deleted, except those that still wait to be sent.
 */
export async function queueReceipt(
  ctx: TransactionContext,
  { email, optOutIds, locale }: ReceiptRequest,
) {
  if (optOutIds.length === 0) return;
  const { db, keys, organizationId, now } = ctx;
  // Without a lock, two requests at once would both pass the limit. Confirmations to mailboxes take the same one.
  await holdLock(ctx, "confirmations");
  const mailboxKey = Buffer.from(keys.mac(organizationId, "mailbox", email.toLowerCase()));
  const since = new Date(now.getTime() - DAY_MS);
  const where = { organizationId, mailboxKey };
  await db.receiptMail.deleteMany({
    where: { ...where, createdAt: { lte: since }, sentAt: { not: null } },
  });
  const today = { ...where, createdAt: { gt: since } };
  if ((await db.receiptMail.count({ where: today })) >= MOST_A_DAY) return;

  const id = await createId(ctx, ReceiptMailId);
  const mail = { email: mendText(email), optOutIds: [...optOutIds], locale, createdAt: now };
  await db.receiptMail.create({ data: { ...where, id, ...mail } });
  await enqueue(ctx, sendReceiptJob, { receiptMailId: id }, { key: id });
}
