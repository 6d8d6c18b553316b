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
import { findPhonesOfMailbox, toReceiptMail } from "./inbound.ts";
import { mendText } from "@ringfence/core/platform/text";

const MAX_QUESTIONS_LISTED = 50;

/** What may be refusals and waits for a person, the oldest first; `count` is of all that wait. */
export const listQuestions = query({
  name: "listQuestions",
  action: "opt-out.read",
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
      /** Where nobody said it: what the ends of their calls look like. */
      pattern: pattern === null ? null : fromStoredMessage(StoredMessage.parse(pattern)),
      receivedAt,
    }));
    if (items.length > 0) await appendAudit(ctx, "opt-out.read", { questions: items.length });
    return { items, count };
  },
  audit: "by run",
});

type QuestionOwner = { phoneId: string | null; mailbox: string | null };

/** The phone that it came with, first; of a mail, all others of whose mailbox it is. */
async function findPhones(
  ctx: TransactionContext,
  { phoneId, mailbox }: QuestionOwner,
): Promise<PhoneId[]> {
  const own = phoneId === null ? [] : [PhoneId.parse(phoneId)];
  const theirs = mailbox === null ? [] : await findPhonesOfMailbox(ctx, mailbox);
  return [...new Set([...own, ...theirs])];
}

/**
 * Decides whether what a person said is a refusal: then it is in force, since the moment in which it
 * came, and for all phones of whose mailbox a mail came from. Their receipts are mailed there, unless a
 * machine wrote it (RFC 3834). The words go away with the question.
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
    await appendAudit(ctx, "opt-out.mend", { questionId: id, isRefusal });
    if (!isRefusal) return { reference: null };

    const { text, receivedAt: at } = question;
    const channel = OptOutChannel.parse(question.channel);
    const said = { channel, at, ...(text !== "" && { note: text }) };
    const refusals: RecordedForPhone[] = [];
    for (const phoneId of await findPhones(ctx, question)) {
      refusals.push(await recordForPhone(ctx, phoneId, said));
    }
    const { mailbox, isAutomatic } = question;
    if (mailbox !== null && !isAutomatic)
      await queueReceipt(ctx, toReceiptMail(mailbox, text, refusals));
    const [first] = refusals;
    if (first !== undefined) return { reference: first.reference };
    // Whose it is, an officer finds out where other refusals wait whose number could not be read.
    await db.misreadOptOut.create({
      data: { organizationId, input: text, channel, recordedAt: at, actor: toStoredActor(actor) },
    });
    return { reference: null };
  },
  audit: "by run",
});

/** `phoneId` is null where nobody knows yet whose it is: then the text says from whom it came. */
type NewQuestion = {
  phoneId: PhoneId | null;
  channel: OptOutChannel;
  text: string;
  /** Of a mail, where it is of somebody whom we know. */
  mailbox?: string;
  /** Of a mail, where a machine wrote it. */
  isAutomatic?: boolean;
};

/** What may be a refusal waits for a person, and is never dropped. */
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
