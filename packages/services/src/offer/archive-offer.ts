import type { Message } from "@ringfence/core/message";
import type { AskOffer } from "@ringfence/core/offer";
import { allow } from "../access/allow.ts";
import { sellersSeenBy } from "../access/sellers-seen-by.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { lockOffers } from "./lock-offers.ts";
import { requireOffer } from "./require-offer.ts";

/** Puts an offer away: no campaign can be made of it any more. One that a campaign still makes stays. */
export async function archiveOffer(ctx: ServiceContext, { offerId }: AskOffer): Promise<void> {
  allow(ctx, "offer.change");

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId, now } = ctx;
    await lockOffers(ctx, [offerId]);
    await requireOffer(ctx, offerId);
    const inUse = await db.campaign.findMany({
      where: { organizationId, offers: { some: { offerId } }, state: { not: "done" } },
      orderBy: { id: "asc" },
    });
    if (inUse.length > 0) throw new ServiceError("conflict", stands(ctx, inUse));
    await db.offer.updateMany({
      where: { organizationId, id: offerId },
      data: { archivedAt: now },
    });
    await appendAudit(ctx, "offer.change", { offerId, archived: true });
  });
}

/** Whose campaign it is; one of a seller that the actor does not work for has no name. */
function stands(
  { actor }: ServiceContext,
  campaigns: readonly { name: string; sellerId: string }[],
): Message {
  const sellers = sellersSeenBy(actor);
  const seen = campaigns.find(({ sellerId }) => sellers?.some((id) => id === sellerId) ?? true);
  return seen === undefined
    ? { key: "offer.in-use-elsewhere" }
    : { key: "offer.in-use", values: { name: seen.name } };
}
