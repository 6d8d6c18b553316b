import { PhoneId } from "@ringfence/core/ids";
import type { AnswerQuestion } from "@ringfence/core/inbound";
import { OptOutChannel } from "@ringfence/core/opt-out";
import { actorOnRecord } from "../access/actor-on-record.ts";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { recordRefusal } from "../opt-out/record-refusal.ts";

/**
 * Decides whether what a person said is a refusal: then it is in force, since the moment in which it
 * came. The words go away with the question.
 */
export async function answerQuestion(
  ctx: ServiceContext,
  { questionId: id, isRefusal }: AnswerQuestion,
) {
  allow(ctx, "opt-out.mend");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId, actor } = ctx;
    const where = { organizationId, id };
    const question = await db.refusalQuestion.findFirst({ where });
    const { count: settled } = await db.refusalQuestion.deleteMany({ where });
    if (question === null || settled === 0) {
      throw new ServiceError("not-found", { key: "question.not-found" });
    }
    await appendAudit(ctx, "opt-out.mend", { questionId: id, isRefusal });
    if (!isRefusal) return { reference: null };

    const { phoneId, text, receivedAt: at } = question;
    const channel = OptOutChannel.parse(question.channel);
    if (phoneId !== null) {
      const said = { channel, at, ...(text !== "" && { note: text }) };
      const { reference } = await recordRefusal(ctx, PhoneId.parse(phoneId), said);
      return { reference };
    }
    // Whose it is, an officer finds out where other refusals wait whose number could not be read.
    await db.misreadOptOut.create({
      data: { organizationId, input: text, channel, recordedAt: at, actor: actorOnRecord(actor) },
    });
    return { reference: null };
  });
}
