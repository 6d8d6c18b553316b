import { command } from "../../platform/verb.ts";
import { OptOutCorrectionId, type OptOutId } from "@ringfence/core/ids";
import { ProposeCorrection } from "@ringfence/core/do-not-call/opt-out";
import { readPhone } from "@ringfence/core/people/phone";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { organizationOf } from "../../account/organization/organization-of.ts";
import { internPhone } from "../../people/phone/intern-phones.ts";
import { lockPhones } from "../../people/phone/lock-phones.ts";
import { appendOptOuts } from "./append-opt-outs.ts";
import { requireCorrectable } from "./correction-facts.ts";
import { type OptOutFound, requireOptOut } from "./require-opt-out.ts";

/**
 * Asks for a refusal to be corrected that was entered for a wrong number (contract 6). The right number
 * is refused at once; the wrong one stays refused until another officer accepts.
 */
export const proposeCorrection = command({
  name: "proposeCorrection",
  action: "opt-out.correct",
  input: ProposeCorrection,
  run: async (ctx, { optOut: id, rightPhone, reason }): Promise<{ id: OptOutCorrectionId }> => {
    const optOut = await requireOptOut(ctx, id);
    const { phoneId } = optOut;
    await lockPhones(ctx, [phoneId]);
    await requireCorrectable(ctx, optOut);
    await refuseSecond(ctx, id);

    const replacement =
      rightPhone === undefined ? null : await refuseRight(ctx, optOut, rightPhone);
    const correctionId = await putCorrection(ctx, id, { replacement, reason });
    await appendAudit(ctx, "opt-out.correct", { phoneId, optOutId: id, correctionId });
    return { id: correctionId };
  },
  audit: "by run",
});

async function refuseSecond({ db, organizationId }: TransactionContext, optOutId: OptOutId) {
  const open = await db.optOutCorrection.count({
    where: { organizationId, optOutId, answers: { none: {} } },
  });
  if (open > 0) throw new ServiceError("conflict", { key: "opt-out.correction-open" });
}

/** The same refusal, said when it was said, by whoever has the number that was meant. */
async function refuseRight(ctx: TransactionContext, optOut: OptOutFound, written: string) {
  const { homeRegion } = await organizationOf(ctx);
  const read = readPhone(written, homeRegion);
  if ("fault" in read) throw new ServiceError("invalid", read.fault, "/rightPhone");
  const phoneId = await internPhone(ctx, read.phone);
  if (phoneId === optOut.phoneId) {
    throw new ServiceError("invalid", { key: "opt-out.correction-same-number" }, "/rightPhone");
  }
  const { scope, channel, at, note, recording } = optOut;
  const [replacement] = await appendOptOuts(ctx, [
    { phoneId, scope, channel, at, note, recording },
  ]);
  if (!replacement) throw new Error("a refusal was not put on record");
  await appendAudit(ctx, "opt-out.record", { phoneId, optOutId: replacement.id });
  return replacement.id;
}

async function putCorrection(
  { db, organizationId, actor, now }: TransactionContext,
  optOutId: OptOutId,
  { replacement, reason }: { replacement: OptOutId | null; reason: string },
) {
  const { id } = await db.optOutCorrection.create({
    data: {
      organizationId,
      optOutId,
      replacementId: replacement,
      proposedAt: now,
      actor: actorOnRecord(actor),
      reasons: { create: { text: reason } },
    },
  });
  return OptOutCorrectionId.parse(id);
}
