import {
  type EventSource,
  type WithdrawConsent,
  type Withdrawal,
  planWithdrawal,
} from "@ringfence/core/consents/consent";
import type { z } from "zod";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { allowSeller } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { announceChanges } from "../../do-not-call/endpoint/announce-changes.ts";
import { type ClaimedFile, attachEvidenceFile } from "../evidence/claim-evidence-file.ts";
import { lockPhones } from "../../people/phone/lock-phones.ts";
import { queueRejudgement } from "../../people/phone/queue-rejudgement.ts";
import { type EventOnRecord, readEveryEvent } from "./read-events.ts";
import { stateWithdrawal } from "./state-withdrawal.ts";

type TakenBack = Omit<WithdrawConsent, "channel"> & {
  channel: z.infer<typeof EventSource>;
  /** A letter in which the person said so. */
  letter?: ClaimedFile;
};

/**
 * Puts a withdrawal on record, whoever brings it; one that is on record already changes nothing. Answers
 * where it is not what was sent, and the context of that time.
 */
export async function takeBack(
  ctx: TransactionContext,
  known: EventOnRecord,
  { consent: id, channel, letter, ...said }: TakenBack,
) {
  allowSeller(ctx, known.sellerId);
  const later = await lockPhones(ctx, [known.phoneId]);
  const plan = planWithdrawal(await readEveryEvent(ctx, { consent: id }), said, later.now);
  const isNew = plan.outcome === "withdraw";
  if (isNew) await append(later, known, plan.withdrawal, { source: channel, letter });
  return { later, notes: plan.notes, isNew };
}

async function append(
  ctx: TransactionContext,
  { phoneId, sellerId, consentId }: EventOnRecord,
  { purposes, channels, at }: Withdrawal,
  { source, letter }: { source: string; letter: ClaimedFile | undefined },
) {
  const { db, organizationId, actor, now } = ctx;
  const action = actor.type === "person" ? "own-record.withdraw" : "consent.record";
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
  if (letter) {
    const body = { scan: letter.hash };
    await db.evidence.create({ data: { organizationId, consentEventId: eventId, body } });
    await attachEvidenceFile(ctx, letter, [eventId]);
  }
  await stateWithdrawal(ctx, {
    eventId,
    consentId,
    phoneId,
    sellerId,
    purposes,
    channels,
    source,
    at,
    ...(letter && { scan: letter.hash }),
  });
  await queueRejudgement(ctx, [{ phoneId, since: at }]);
  await announceChanges(ctx, "consent.changed", [eventId]);
  await appendAudit(ctx, action, { phoneId, consentId, withdrawn: true });
}
