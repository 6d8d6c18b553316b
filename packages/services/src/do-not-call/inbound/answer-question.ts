import { command } from "../../platform/verb.ts";
import { PhoneId } from "@ringfence/core/ids";
import { AnswerQuestion } from "@ringfence/core/do-not-call/inbound";
import { OptOutChannel } from "@ringfence/core/do-not-call/opt-out";
import { queueReceipt } from "../opt-out/queue-receipt.ts";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { type RecordedForPhone, recordForPhone } from "../opt-out/record.ts";
import { phonesOfMailbox } from "./phones-of-mailbox.ts";
import { receiptsTo } from "./receipts-to.ts";

type Whose = { phoneId: string | null; mailbox: string | null };

/** The phone that it came with, first; of a mail, all others of whose mailbox it is. */
async function phonesOf(ctx: TransactionContext, { phoneId, mailbox }: Whose): Promise<PhoneId[]> {
  const own = phoneId === null ? [] : [PhoneId.parse(phoneId)];
  const theirs = mailbox === null ? [] : await phonesOfMailbox(ctx, mailbox);
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
    for (const phoneId of await phonesOf(ctx, question)) {
      refusals.push(await recordForPhone(ctx, phoneId, said));
    }
    const { mailbox, isAutomatic } = question;
    if (mailbox !== null && !isAutomatic)
      await queueReceipt(ctx, receiptsTo(mailbox, text, refusals));
    const [first] = refusals;
    if (first !== undefined) return { reference: first.reference };
    // Whose it is, an officer finds out where other refusals wait whose number could not be read.
    await db.misreadOptOut.create({
      data: { organizationId, input: text, channel, recordedAt: at, actor: actorOnRecord(actor) },
    });
    return { reference: null };
  },
  audit: "by run",
});
