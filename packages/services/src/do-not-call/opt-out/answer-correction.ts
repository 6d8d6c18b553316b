import { command } from "../../platform/verb.ts";
import { OptOutId } from "@ringfence/core/ids";
import { AnswerCorrection } from "@ringfence/core/do-not-call/opt-out";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { isActor } from "../../platform/access/is-actor.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { assertIndependentReviewer } from "../../account/member/assert-independent-reviewer.ts";
import { lockPhones } from "../../people/phone/lock-phones.ts";
import { requireCorrectable } from "./correction-facts.ts";
import { type OptOutFound, requireOptOut } from "./require-opt-out.ts";
import { stateCorrections } from "./state-corrections.ts";

/**
 * Answers a proposal to correct an opt-out. If an officer who is independent of the proposer accepts, the
 * opt-out is lifted from now on; other opt-outs of its number stay. Any officer may reject, and then nothing
 * changes (contract 6).
 */
export const answerCorrection = command({
  name: "answerCorrection",
  action: "opt-out.correct",
  input: AnswerCorrection,
  run: async (ctx, { id, isAccepted }): Promise<{ optOutId: OptOutId }> => {
    const correction = await findCorrection(ctx, id);
    const optOut = await requireOptOut(ctx, OptOutId.parse(correction.optOutId));
    const { phoneId } = optOut;
    await lockPhones(ctx, [phoneId]);
    await refuseSecond(ctx, id);
    if (isAccepted) {
      if (isActor(ctx.actor, correction.actor)) {
        throw new ServiceError("forbidden", { key: "opt-out.correction-own" });
      }
      await assertIndependentReviewer(ctx, [correction.actor]);
      await requireCorrectable(ctx, optOut);
      await lift(ctx, optOut);
    }
    await putAnswer(ctx, { id, optOutId: optOut.id, isAccepted });
    if (isAccepted) await stateCorrections(ctx, [{ optOut, correction }], "wrong_number");
    const told = { phoneId, optOutId: optOut.id, correctionId: id, isAccepted };
    await appendAudit(ctx, "opt-out.correct", told);
    return { optOutId: optOut.id };
  },
  audit: "by run",
});

async function findCorrection({ db, organizationId }: TransactionContext, id: string) {
  const row = await db.optOutCorrection.findFirst({ where: { organizationId, id } });
  if (row) return row;
  throw new ServiceError("not-found", { key: "opt-out.correction-not-found" });
}

async function refuseSecond({ db, organizationId }: TransactionContext, correctionId: string) {
  const answered = await db.optOutCorrectionAnswer.count({
    where: { organizationId, correctionId },
  });
  if (answered > 0) throw new ServiceError("conflict", { key: "opt-out.correction-answered" });
}

/** Dialers that keep a copy hear of it by the feed. */
const lift = ({ db, organizationId }: TransactionContext, { id }: OptOutFound) =>
  db.optOutQueue.create({ data: { organizationId, optOutId: id, change: "lifted" } });

const putAnswer = (
  { db, organizationId, actor, now }: TransactionContext,
  { id, ...answer }: { id: string; optOutId: string; isAccepted: boolean },
) =>
  db.optOutCorrectionAnswer.create({
    data: {
      organizationId,
      correctionId: id,
      ...answer,
      answeredAt: now,
      actor: actorOnRecord(actor),
    },
  });
