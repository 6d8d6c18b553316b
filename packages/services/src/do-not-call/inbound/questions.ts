import {
  ServiceError,
  type TransactionContext,
  appendAudit,
  command,
  query,
  toStoredActor,
} from "../../platform/internal.ts";
import { PhoneId, QuestionId } from "@ringfence/core/ids";
import { StoredMessage, fromStoredMessage } from "@ringfence/core/platform/message";
import { OptOutChannel } from "@ringfence/core/do-not-call/opt-out";
import { AnswerQuestion } from "@ringfence/core/do-not-call/inbound";
import { type RecordedForPhone, queueReceipt, recordForPhone } from "../opt-out/internal.ts";
import { findPhonesOfMailbox, toReceiptRequest } from "./inbound.ts";
import { mendText } from "@ringfence/core/platform/text";

const MAX_QUESTIONS_LISTED = 50;

/** Lists possible opt-outs that wait for an officer, oldest first. `count` includes those beyond the page. */
export const listQuestions = query({
  name: "listQuestions",
  action: "opt-out.read",
  forAllSellers: true,
  run: async (ctx) => {
    const where = { organizationId: ctx.organizationId };
    const count = await ctx.db.refusalQuestion.count({ where });
    const rows = await ctx.db.refusalQuestion.findMany({
      where,
      orderBy: { id: "asc" },
      take: MAX_QUESTIONS_LISTED,
      include: { phone: { select: { e164: true } } },
    });
    const items = rows.map(({ id, phone, channel, text, pattern, receivedAt }) => ({
      id: QuestionId.parse(id),
      phone: phone?.e164 ?? null,
      channel: OptOutChannel.parse(channel),
      text,
      /** The pattern in which their calls ended, if that raised the question; null if a message did. */
      pattern: pattern === null ? null : fromStoredMessage(StoredMessage.parse(pattern)),
      receivedAt,
    }));
    return { items, count };
  },
  audit: ({ items }) => (items.length > 0 ? { questions: items.length } : null),
});

type QuestionOwner = { phoneId: string | null; mailbox: string | null };

/** Finds the phone that the question came with first, and for a mail all others of the sender's mailbox. */
async function findPhones(
  ctx: TransactionContext,
  { phoneId, mailbox }: QuestionOwner,
): Promise<PhoneId[]> {
  const own = phoneId === null ? [] : [PhoneId.parse(phoneId)];
  const theirs = mailbox === null ? [] : await findPhonesOfMailbox(ctx, mailbox);
  return [...new Set([...own, ...theirs])];
}

/**
 * Decides whether a message is an opt-out. If so, it is in force since the message came, for all phones of the
 * mailbox if it was a mail, and the receipts are mailed there, unless a machine wrote the mail (RFC 3834). If nobody
 * knows a phone of it, it waits as an unreadable opt-out. The text is deleted with the question.
 */
export const answerQuestion = command({
  name: "answerQuestion",
  action: "opt-out.mend",
  input: AnswerQuestion,
  run: async (ctx, { questionId: id, isRefusal }) => {
    const { db, organizationId, actor } = ctx;
    const where = { organizationId, id };
    const question = await db.refusalQuestion.findFirst({ where });
    const { count: settled } = await db.refusalQuestion.deleteMany({ where });
    if (question === null || settled === 0) {
      throw new ServiceError("not-found", { key: "question.not-found" });
    }
    if (!isRefusal) return { reference: null };

    const { text, receivedAt: at } = question;
    const channel = OptOutChannel.parse(question.channel);
    const request = { channel, at, ...(text !== "" && { note: text }) };
    const optOuts: RecordedForPhone[] = [];
    for (const phoneId of await findPhones(ctx, question)) {
      optOuts.push(await recordForPhone(ctx, phoneId, request));
    }
    const { mailbox, isAutomatic } = question;
    if (mailbox !== null && !isAutomatic)
      await queueReceipt(ctx, toReceiptRequest(mailbox, text, optOuts));
    const [first] = optOuts;
    if (first !== undefined) return { reference: first.reference };
    // An officer finds the number, as for other unreadable opt-outs.
    await db.misreadOptOut.create({
      data: { organizationId, input: text, channel, recordedAt: at, actor: toStoredActor(actor) },
    });
    return { reference: null };
  },
  audit: (_, { questionId, isRefusal }) => ({ questionId, isRefusal }),
});

/** `phoneId` is null if it is unknown whose message it is. Then the text names the sender. */
type NewQuestion = {
  phoneId: PhoneId | null;
  channel: OptOutChannel;
  text: string;
  /** The sender's mailbox, if the mail is from somebody we know. */
  mailbox?: string;
  /** True if a machine wrote the mail. */
  isAutomatic?: boolean;
};

/** Saves a possible opt-out, which then waits for an officer and is never dropped. */
export async function saveQuestion(
  ctx: TransactionContext,
  { phoneId, channel, text, mailbox, isAutomatic = false }: NewQuestion,
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
      actor: toStoredActor(actor),
    },
  });
  await appendAudit(ctx, "opt-out.record", { ...(phoneId !== null && { phoneId }), asked: true });
}
