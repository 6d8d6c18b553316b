import {
  type ServiceContext,
  ServiceError,
  canSeeSeller,
  command,
  toStoredActor,
} from "../../platform/internal.ts";
import type { Message } from "@ringfence/core/platform/message";
import { SellerId } from "@ringfence/core/ids";
import { OfferReference } from "@ringfence/core/audience/offer";
import { holdSegmentsForRestoring } from "../segment/internal.ts";
import { loadOffer, loadOffers, lockOffers } from "./offer.ts";

/**
 * Archives an offer: no campaign can use it until it is restored. Refuses an offer that an unfinished
 * campaign uses.
 */
export const archiveOffer = command({
  name: "archiveOffer",
  action: "offer.change",
  input: OfferReference,
  run: async (ctx, { offerId }): Promise<void> => {
    const { db, organizationId, actor, now } = ctx;
    await lockOffers(ctx, [offerId]);
    await loadOffer(ctx, offerId);
    const inUse = await db.campaign.findMany({
      where: {
        organizationId,
        offers: { some: { offerId } },
        state: { not: "done" },
        archivedAt: null,
      },
      orderBy: { id: "asc" },
    });
    if (inUse.length > 0) throw new ServiceError("conflict", describeUse(ctx, inUse));
    await db.offer.updateMany({
      where: { organizationId, id: offerId },
      data: { archivedAt: now, archivedBy: toStoredActor(actor) },
    });
  },
  audit: (_, { offerId }) => ({ offerId, archived: true }),
});

/** Names the campaign that uses an offer, unless it belongs to a seller that the actor does not work for. */
function describeUse(
  { actor }: ServiceContext,
  campaigns: readonly { name: string; sellerId: string }[],
): Message {
  const seen = campaigns.find(({ sellerId }) => canSeeSeller(actor, SellerId.parse(sellerId)));
  return seen === undefined
    ? { key: "offer.in-use-elsewhere" }
    : { key: "offer.in-use", values: { name: seen.name } };
}

/** Restores an offer from the archive. Refuses one whose eligibility segment is still archived. */
export const restoreOffer = command({
  name: "restoreOffer",
  action: "offer.change",
  input: OfferReference,
  run: async (ctx, { offerId }): Promise<void> => {
    const { db, organizationId } = ctx;
    await lockOffers(ctx, [offerId]);
    const [offer] = await loadOffers(ctx, { id: offerId });
    if (offer === undefined || !offer.isArchived) {
      throw new ServiceError("not-found", { key: "offer.not-archived" });
    }
    const { eligibility } = offer;
    if (eligibility)
      await holdSegmentsForRestoring(ctx, [eligibility], "offer.eligibility-archived");
    await db.$executeRaw`
      UPDATE offer SET archived_at = NULL, archived_by = NULL
      WHERE organization_id = ${organizationId}::uuid AND id = ${offerId}::uuid`;
  },
  audit: (_, { offerId }) => ({ offerId, archived: false }),
});
