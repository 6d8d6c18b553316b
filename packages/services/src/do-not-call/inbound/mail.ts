import { type TransactionContext, command } from "../../platform/internal.ts";
import type { PhoneId } from "@ringfence/core/ids";
import {
  RecordMail,
  type ReplyReading,
  interpretMailText,
  removeQuotedText,
} from "@ringfence/core/do-not-call/inbound";
import { mendText } from "@ringfence/core/platform/text";
import { type RecordedForPhone, queueReceipt, recordForPhone } from "../opt-out/internal.ts";
import { saveQuestion } from "./questions.ts";
import {
  createAcknowledgment,
  findPhonesOfMailbox,
  markReceived,
  toReceiptRequest,
} from "./inbound.ts";
import type { RecordReplyResult } from "./reply.ts";

/** `unbelieved`: the signature is too old, or was used for another mail. Nothing is recorded. */
type RecordMailResult = RecordReplyResult | { outcome: "unbelieved" };

/** A mailbox with more phones belongs to no single person, so an officer has to decide whom it means. */
const MAX_PHONES = 20;
const MAX_NOTE_LENGTH = 2_000;

/**
 * Records a mail. An opt-out is in force when this returns, for all phones of the sender's mailbox. A possible opt-out
 * waits for an officer, and so does an opt-out from a mailbox that is unknown or has more than `MAX_PHONES` phones, and
 * anything else that a known person wrote themselves. Safe to repeat if the mail has an id, also concurrently.
 */
export const recordMail = command({
  name: "recordMail",
  action: "opt-out.record",
  input: RecordMail,
  run: async (ctx, mail): Promise<RecordMailResult> => {
    const { provider, signed } = mail;
    const signature =
      signed === null ? "first" : await checkSignature(ctx, { provider, ...signed });
    if (signature === "old") return { outcome: "unbelieved" };
    const phones = await findPhonesOfMailbox(ctx, mail.from);
    const reading = interpretMail(mail, phones.length > 0);
    if (reading === "other") return { outcome: "nothing" };
    const externalId = createMailKey(ctx, mail, reading);
    if (signature === "again" && !(await wasReceived(ctx, provider, externalId))) {
      return { outcome: "unbelieved" };
    }
    if (!(await markReceived(ctx, { provider, externalId }))) return { outcome: "repeated" };
    const note = toNote(mail);
    const [first = null] = phones;
    const isOnePerson = first !== null && phones.length <= MAX_PHONES;
    if (reading === "refusal" && isOnePerson) {
      return recordForAllPhones(ctx, phones, { ...mail, note });
    }
    const text = isOnePerson ? note : `${mail.from}: ${note}`;
    const owner = isOnePerson
      ? { phoneId: first, mailbox: mendText(mail.from) }
      : { phoneId: null };
    await saveQuestion(ctx, { ...owner, channel: "email", text, isAutomatic: mail.isAutomatic });
    return { outcome: "asked" };
  },
  // One row for each opt-out (`recordForPhone`), or one for the question (`saveQuestion`).
  audit: "by run",
});

/** Key under which a mail counts once: its id, its meaning and its sender. */
function createMailKey(
  { keys, organizationId }: TransactionContext,
  { externalId, from }: RecordMail,
  reading: ReplyReading,
): string | null {
  if (externalId === null) return null;
  const whose = Buffer.from(keys.mac(organizationId, "mailbox", from.toLowerCase()));
  return `${externalId} ${reading} ${whose.toString("base64url")}`;
}

const wasReceived = async (
  { db, organizationId }: TransactionContext,
  provider: string,
  externalId: string | null,
) =>
  (await db.inboundMessage.count({
    where: { organizationId, provider, externalId: mendText(externalId ?? "") },
  })) > 0;

/** Reads a mail as `interpretMailText` does. Whatever else a known person wrote themselves is a question. */
function interpretMail(mail: RecordMail, hasPhones: boolean) {
  const reading = interpretMailText(mail);
  return reading === "other" && hasPhones && !mail.isAutomatic ? "question" : reading;
}

/** Extracts the person's own words. If there are none above the quoted message, takes the whole text. */
const toNote = ({ subject, text }: RecordMail) =>
  `${subject}\n\n${removeQuotedText(text).trim() || text.trim()}`.trim().slice(0, MAX_NOTE_LENGTH);

async function recordForAllPhones(
  ctx: TransactionContext,
  phones: readonly PhoneId[],
  { from, note, isAutomatic }: Pick<RecordMail, "from" | "isAutomatic"> & { note: string },
): Promise<RecordReplyResult> {
  const optOuts: RecordedForPhone[] = [];
  for (const phoneId of phones) {
    optOuts.push(await recordForPhone(ctx, phoneId, { channel: "email", note }));
  }
  // A machine is not answered by one (RFC 3834).
  if (!isAutomatic) await queueReceipt(ctx, toReceiptRequest(from, note, optOuts));
  const [first] = optOuts;
  return { outcome: "refused", ...createAcknowledgment(ctx, first) };
}

/** A request whose signature does not cover its content: who signed it and when, and its unique token. */
type SignedRequest = { provider: string; token: string; signedAt: Date };

const HOUR_MS = 3_600_000;
/** A signature is believed for this long. Mailgun tries for eight hours. */
const MAX_AGE_MS = 12 * HOUR_MS;
/** How far the provider's clock may be ahead of ours. */
const MAX_AHEAD_MS = HOUR_MS / 12;

/**
 * Returns whether a signature is new: `first`; `again`, which may only repeat the same mail; `old` if no provider would
 * still be sending it, or its time is not one of the past. Call it in the transaction that records the mail, so that a
 * mail that was not recorded can come again.
 */
async function checkSignature(
  ctx: TransactionContext,
  { provider, token, signedAt }: SignedRequest,
): Promise<"first" | "again" | "old"> {
  const ageMs = ctx.now.getTime() - signedAt.getTime();
  // Do not invert this condition: a missing time gives NaN, which must count as old.
  if (!(ageMs <= MAX_AGE_MS && ageMs >= -MAX_AHEAD_MS)) return "old";
  const isNew = await markReceived(ctx, { provider: `${provider} request`, externalId: token });
  return isNew ? "first" : "again";
}
