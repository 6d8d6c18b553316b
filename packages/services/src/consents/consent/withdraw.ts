import {
  ServiceError,
  type TransactionContext,
  allowSeller,
  appendAudit,
  command,
  toStoredActor,
} from "../../platform/internal.ts";
import {
  type EventSource,
  type PurposeStanding,
  RecordLetter,
  WithdrawConsent,
  type Withdrawal,
  planWithdrawal,
} from "@ringfence/core/consents/consent";
import { lastStatement } from "../../proof/statement/internal.ts";
import { listConsentEventIds } from "../../proof/record/internal.ts";
import { type StoredConsentEvent, loadAllEvents } from "./events.ts";
import type { RecordedConsent } from "./record.ts";
import { loadStandings } from "./standing.ts";
import { z } from "zod";
import { ConsentId } from "@ringfence/core/ids";
import { findConsentsOfSameSubmission } from "./receipt.ts";
import {
  type ClaimedFile,
  assertFileOfSamePhone,
  attachEvidenceFile,
  claimEvidenceFile,
} from "../evidence/internal.ts";
import { announceChanges } from "../../do-not-call/outbox/internal.ts";
import { lockPhones, queueRejudgement } from "../../people/phone/internal.ts";
import { recordWithdrawalStatement } from "./statement.ts";

/** Records that a person withdraws a consent, or a part of it. Safe to repeat. */
export const withdrawConsent = command({
  name: "withdrawConsent",
  action: "consent.record",
  input: WithdrawConsent,
  run: async (ctx, request): Promise<RecordedConsent> => {
    const id = request.consent;
    const [event] = await loadAllEvents(ctx, { consent: id });
    if (!event) throw new ServiceError("not-found", { key: "consent.not-found" });
    const { locked, notes } = await recordWithdrawal(ctx, event, request);
    const [standing = []] = await loadStandings(locked, [{ id, phoneId: event.phoneId }]);
    const statement = await lastStatement(ctx, await listConsentEventIds(ctx, id));
    return { id, standing, statement, notes };
  },
  audit: "by run",
});

/** Withdraws one of the consents that a receipt covers, and no other consent of the phone. Safe to repeat. */
export const withdrawByReceipt = command({
  name: "withdrawByReceipt",
  action: "own-record.withdraw",
  input: z.strictObject({ receipt: ConsentId, consent: ConsentId }),
  run: async (ctx, { receipt, consent }): Promise<void> => {
    const covered = await findConsentsOfSameSubmission(ctx, receipt);
    const [event] = covered.includes(consent) ? await loadAllEvents(ctx, { consent }) : [];
    if (!event) throw new ServiceError("not-found", { key: "consent.not-found" });
    await recordWithdrawal(ctx, event, { consent, channel: "web" });
  },
  audit: "by run",
});

export type RecordedLetter = {
  consents: readonly {
    id: ConsentId;
    /** False if it was withdrawn before, so that the letter changed nothing. */
    isNew: boolean;
    standing: readonly PurposeStanding[];
  }[];
  /** `sha256:` and the hash of the scan. */
  hash: string;
};

/** Records that a person withdrew consents by letter, with the scan. Safe to repeat. */
export const recordLetter = command({
  name: "recordLetter",
  action: "consent.record",
  input: RecordLetter,
  run: async (ctx, { phoneId, consents, receivedAt, file: fileId }): Promise<RecordedLetter> => {
    if (receivedAt > ctx.now) {
      throw new ServiceError("invalid", { key: "consent.letter-ahead" }, "/receivedAt");
    }
    const letter = await claimEvidenceFile(ctx, { id: fileId, kind: "scan" });
    await assertFileOfSamePhone(ctx, letter, phoneId);
    const withdrawn: { id: ConsentId; isNew: boolean }[] = [];
    let lastLocked = ctx;
    for (const consent of [...new Set(consents)].toSorted()) {
      const [event] = await loadAllEvents(ctx, { consent });
      if (event?.phoneId !== phoneId) {
        throw new ServiceError("not-found", { key: "consent.not-found" }, "/consents");
      }
      const withdrawal = {
        consent,
        purposes: undefined,
        at: receivedAt,
        channel: "paper",
      } as const;
      const { locked, isNew } = await recordWithdrawal(ctx, event, { ...withdrawal, letter });
      withdrawn.push({ id: consent, isNew });
      lastLocked = locked;
    }
    const standings = await loadStandings(
      lastLocked,
      withdrawn.map(({ id }) => ({ id, phoneId })),
    );
    return {
      consents: withdrawn.map((one, index) => ({ ...one, standing: standings[index] ?? [] })),
      hash: letter.hash,
    };
  },
  audit: "by run",
});

type WithdrawalRequest = Omit<WithdrawConsent, "channel"> & {
  channel: z.infer<typeof EventSource>;
  /** The letter that the person sent. */
  letter?: ClaimedFile;
};

/**
 * Records a withdrawal from any source, with its audit row, and does nothing if it is recorded already. `event` is any
 * event of the consent; throws if the actor does not work for its seller. Returns notes about differences from the
 * request, and the context after the phone was locked. No withdrawal is later than the `now` of that context.
 */
export async function recordWithdrawal(
  ctx: TransactionContext,
  event: StoredConsentEvent,
  { consent: id, channel, letter, ...request }: WithdrawalRequest,
) {
  allowSeller(ctx, event.sellerId);
  const locked = await lockPhones(ctx, [event.phoneId]);
  const plan = planWithdrawal(await loadAllEvents(ctx, { consent: id }), request, locked.now);
  const isNew = plan.outcome === "withdraw";
  if (isNew) await insertWithdrawal(locked, event, plan.withdrawal, { source: channel, letter });
  return { locked, notes: plan.notes, isNew };
}

async function insertWithdrawal(
  ctx: TransactionContext,
  { phoneId, sellerId, consentId }: StoredConsentEvent,
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
      actor: toStoredActor(actor),
    },
  });
  if (letter) {
    const body = { scan: letter.hash };
    await db.evidence.create({ data: { organizationId, consentEventId: eventId, body } });
    await attachEvidenceFile(ctx, letter, [eventId]);
  }
  await recordWithdrawalStatement(ctx, {
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
