import type { AnswerQuestion } from "@ringfence/core/inbound";
import { OptOutChannel } from "@ringfence/core/opt-out";
import { actorOnRecord } from "../access/actor-on-record.ts";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { optOut } from "../opt-out/opt-out.ts";

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
    const { db, organizationId, now, actor } = ctx;
    const where = { organizationId, id };
    const include = { phone: { select: { e164: true } } };
    const question = await db.refusalQuestion.findFirst({ where, include });
    const { count: settled } = await db.refusalQuestion.deleteMany({ where });
    if (question === null || settled === 0) {
      throw new ServiceError("not-found", { key: "question.not-found" });
    }
    await appendAudit(ctx, "opt-out.mend", { questionId: id, isRefusal });
    if (!isRefusal) return { reference: null };

    const { phone, text, receivedAt: at } = question;
    const channel = OptOutChannel.parse(question.channel);
    if (phone?.e164) {
      const { answer } = await optOut(ctx, {
        phone: phone.e164,
        channel,
        at,
        ...(text !== "" && { note: text }),
      });
      return { reference: answer?.reference ?? null };
    }
    // Whose it is, an officer finds out where other refusals wait whose number could not be read.
    await db.misreadOptOut.create({
      data: { organizationId, input: text, channel, recordedAt: now, actor: actorOnRecord(actor) },
    });
    return { reference: null };
  });
}
