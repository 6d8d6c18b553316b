import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { PhoneId } from "@ringfence/core/ids";
import { type ReplyReading, ownWords, readMail } from "@ringfence/core/do-not-call/inbound";
import { mendText } from "@ringfence/core/platform/text";
import type { TransactionContext } from "../../platform/context.ts";
import { queueReceipt } from "../opt-out/queue-receipt.ts";
import { type RecordedForPhone, recordForPhone } from "../opt-out/record.ts";
import { askPerson } from "./ask-person.ts";
import { isFirst } from "./is-first.ts";
import { receiptOf, receiptsTo } from "./receipts-to.ts";
import { type SignedOnce, onceSigned } from "./once-signed.ts";
import { phonesOfMailbox } from "./phones-of-mailbox.ts";
import type { ReplyOutcome } from "./record-reply.ts";

/** What somebody wrote to a mailbox for refusals. */
export type Mail = {
  provider: string;
  /** The mail's own id; null where it has none, and each counts. */
  externalId: string | null;
  /** The mailbox from which it says that it comes. Nobody proves who they are to refuse. */
  from: string;
  subject: string;
  text: string;
  /** Written by a machine (RFC 3834). */
  isAutomatic: boolean;
  /** How it was signed by who hands it on; null where its signature covers it. */
  signed: Omit<SignedOnce, "provider"> | null;
};

/** `unbelieved`: signed long ago, or with what was once signed for another mail. Nothing came of it. */
export type MailOutcome = ReplyOutcome | { outcome: "unbelieved" };

/** A mailbox of more phones is that of no person: whom it means, somebody has to look. */
const MOST_PHONES = 20;
const MOST_CHARACTERS = 2_000;

/**
 * Takes a mail: a refusal is in force, for all phones of whose mailbox it is, when this returns. What
 * may be one waits for a person, and so does a refusal of nobody whom we know, and whatever else somebody
 * wrote whom we do know. Safe to repeat, also at once.
 */
export const recordMail = command({
  name: "recordMail",
  action: "opt-out.record",
  input: z.custom<Mail>(),
  run: async (ctx, mail): Promise<MailOutcome> => {
    const { provider, signed } = mail;
    const believed = signed === null ? "first" : await onceSigned(ctx, { provider, ...signed });
    if (believed === "old") return { outcome: "unbelieved" };
    const phones = await phonesOfMailbox(ctx, mail.from);
    const reading = readingOf(mail, phones.length > 0);
    if (reading === "other") return { outcome: "nothing" };
    const externalId = nameOf(ctx, mail, reading);
    if (believed === "again" && !(await hasCome(ctx, provider, externalId))) {
      return { outcome: "unbelieved" };
    }
    if (!(await isFirst(ctx, { provider, externalId }))) return { outcome: "repeated" };
    const note = noteOf(mail);
    const [first = null] = phones;
    const isKnown = first !== null && phones.length <= MOST_PHONES;
    if (reading === "refusal" && isKnown) return refuseAll(ctx, phones, { ...mail, note });
    const text = isKnown ? note : `${mail.from}: ${note}`;
    const whose = isKnown ? { phoneId: first, mailbox: mendText(mail.from) } : { phoneId: null };
    await askPerson(ctx, { ...whose, channel: "email", text, isAutomatic: mail.isAutomatic });
    return { outcome: "asked" };
  },
  audit: "by run",
});

/** A mail counts once by its id, by what it says, and by whose it is. */
function nameOf(
  { keys, organizationId }: TransactionContext,
  { externalId, from }: Mail,
  reading: ReplyReading,
): string | null {
  if (externalId === null) return null;
  const whose = Buffer.from(keys.mac(organizationId, "mailbox", from.toLowerCase()));
  return `${externalId} ${reading} ${whose.toString("base64url")}`;
}

const hasCome = async (
  { db, organizationId }: TransactionContext,
  provider: string,
  externalId: string | null,
) =>
  (await db.inboundMessage.count({
    where: { organizationId, provider, externalId: mendText(externalId ?? "") },
  })) > 0;

function readingOf(mail: Mail, isKnown: boolean) {
  const said = readMail(mail);
  return said === "other" && isKnown && !mail.isAutomatic ? "question" : said;
}

/** All of it where nothing of their own stands above what they answer. */
const noteOf = ({ subject, text }: Mail) =>
  `${subject}\n\n${ownWords(text).trim() || text.trim()}`.trim().slice(0, MOST_CHARACTERS);

async function refuseAll(
  ctx: TransactionContext,
  phones: readonly PhoneId[],
  { from, note, isAutomatic }: Pick<Mail, "from" | "isAutomatic"> & { note: string },
): Promise<ReplyOutcome> {
  const refusals: RecordedForPhone[] = [];
  for (const phoneId of phones) {
    refusals.push(await recordForPhone(ctx, phoneId, { channel: "email", note }));
  }
  // A machine is not answered by one (RFC 3834).
  if (!isAutomatic) await queueReceipt(ctx, receiptsTo(from, note, refusals));
  const [first] = refusals;
  return { outcome: "refused", ...receiptOf(ctx, first) };
}
