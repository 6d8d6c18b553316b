import { Channel } from "@ringfence/core/people/phone";
import { ConsentId, PhoneId, SellerId } from "@ringfence/core/ids";
import { PurposeKey } from "@ringfence/core/account/purpose";
import { type TransactionContext, toStoredActor } from "../../platform/internal.ts";
import { recordWithdrawalStatement } from "../../consents/consent/internal.ts";
import { announceChanges } from "../../do-not-call/outbox/internal.ts";
import { authenticateConsents } from "../../proof/record/internal.ts";

const SOURCE = "erasure";

/**
 * Invalidates all consents of these phones, also withdrawn ones, each once. Their proof is erased, so no call may rest
 * on them. Call it with the phones locked, and before their data is erased.
 */
export async function voidConsents(ctx: TransactionContext, phoneIds: readonly PhoneId[]) {
  const { db, organizationId, actor, now } = ctx;
  const ofPhones = { organizationId, phoneId: { in: [...phoneIds] } };
  const voided = await db.consentEvent.findMany({
    where: { ...ofPhones, type: "invalidated" },
    select: { consentId: true },
  });
  const grants = await db.consentEvent.findMany({
    where: {
      ...ofPhones,
      type: { in: ["granted", "renewed"] },
      consentId: { notIn: voided.map(({ consentId }) => consentId) },
    },
    distinct: ["consentId"],
    orderBy: { id: "asc" },
  });
  for (const { consentId, phoneId, sellerId, purposes, channels } of grants) {
    const event = { consentId, phoneId, sellerId, purposes, channels, at: now, source: SOURCE };
    const { id: eventId } = await db.consentEvent.create({
      data: {
        organizationId,
        ...event,
        type: "invalidated",
        isWritten: false,
        isProven: false,
        recordedAt: now,
        actor: toStoredActor(actor),
      },
    });
    await announceChanges(ctx, "consent.changed", [eventId]);
    await recordWithdrawalStatement(
      ctx,
      {
        ...event,
        eventId,
        consentId: ConsentId.parse(consentId),
        phoneId: PhoneId.parse(phoneId),
        sellerId: SellerId.parse(sellerId),
        purposes: purposes.map((purpose) => PurposeKey.parse(purpose)),
        channels: channels.map((channel) => Channel.parse(channel)),
      },
      "consent.invalidated",
    );
    await authenticateConsents(ctx, [eventId]);
  }
}
