import { planWithdrawal, type WithdrawConsent, type Withdrawal } from "@ringfence/core/consent";
import { actorOnRecord } from "../access/actor-on-record.ts";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext, type TransactionContext } from "../context.ts";
import { announceChanges } from "../endpoint/announce-changes.ts";
import { ServiceError } from "../errors.ts";
import { lastStatement } from "../statement/last-statement.ts";
import { lockPhones } from "../phone/lock-phones.ts";
import { queueAgain } from "../violation/queue-again.ts";
import { consentEvents } from "./consent-events.ts";
import { type EventOnRecord, readEvents } from "./read-events.ts";
import type { ConsentAnswer } from "./record-consent.ts";
import { standingsOfConsents } from "./standings-of-consents.ts";
import { stateWithdrawal } from "./state-withdrawal.ts";

/** Puts on record that a person takes back what they agreed to, or a part of it. Safe to repeat. */
export async function withdrawConsent(
  ctx: ServiceContext,
  { consent: id, channel, ...said }: WithdrawConsent,
): Promise<ConsentAnswer> {
  allow(ctx, "consent.record");

  return inTransaction(ctx, async (ctx) => {
    const [known] = await readEvents(ctx, { consent: id });
    if (!known) throw new ServiceError("not-found", { key: "consent.not-found" });
    await lockPhones(ctx, [known.phoneId]);

    const plan = planWithdrawal(await readEvents(ctx, { consent: id }), said, ctx.now);
    if (plan.outcome === "impossible") {
      throw new ServiceError("invalid-field", plan.fault.message, plan.fault.path);
    }
    if (plan.outcome === "withdraw") await append(ctx, known, plan.withdrawal, channel);
    const [standing = []] = await standingsOfConsents(ctx, [{ id, phoneId: known.phoneId }]);
    return { id, standing, statement: await lastStatement(ctx, await consentEvents(ctx, id)) };
  });
}

async function append(
  ctx: TransactionContext,
  { phoneId, sellerId, consentId }: EventOnRecord,
  { purposes, channels, at }: Withdrawal,
  source: string,
) {
  const { db, organizationId, actor, now } = ctx;
  const { id: eventId } = await db.consentEvent.create({
    data: {
      organizationId,
      consentId,
      phoneId,
      sellerId,
      type: "withdrawn",
      purposes: [...purposes],
      channels: [...channels],
      isWritten: false,
      isProven: false,
      at,
      source,
      recordedAt: now,
      actor: actorOnRecord(actor),
    },
  });
  await stateWithdrawal(ctx, {
    eventId,
    consentId,
    phoneId,
    sellerId,
    purposes,
    channels,
    source,
    at,
  });
  await queueAgain(ctx, [{ phoneId, since: at }]);
  await announceChanges(ctx, "consent.changed", [eventId]);
  await appendAudit(ctx, "consent.record", { phoneId, consentId, withdrawn: true });
}
