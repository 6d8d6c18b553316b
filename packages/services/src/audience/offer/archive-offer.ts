import { command } from "../../platform/verb.ts";
import type { Message } from "@ringfence/core/platform/message";
import { AskOffer } from "@ringfence/core/audience/offer";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { sellersSeenBy } from "../../platform/access/sellers-seen-by.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { ServiceContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { lockOffers } from "./lock-offers.ts";
import { requireOffer } from "./require-offer.ts";

/** Archives an offer: no campaign can be made of it until it is restored. Refuses one that a campaign makes. */
export const archiveOffer = command({
  name: "archiveOffer",
  action: "offer.change",
  input: AskOffer,
  run: async (ctx, { offerId }): Promise<void> => {
    const { db, organizationId, actor, now } = ctx;
    await lockOffers(ctx, [offerId]);
    await requireOffer(ctx, offerId);
    const inUse = await db.campaign.findMany({
      where: {
        organizationId,
        offers: { some: { offerId } },
        state: { not: "done" },
        archivedAt: null,
      },
      orderBy: { id: "asc" },
    });
    if (inUse.length > 0) throw new ServiceError("conflict", stands(ctx, inUse));
    await db.offer.updateMany({
      where: { organizationId, id: offerId },
      data: { archivedAt: now, archivedBy: actorOnRecord(actor) },
    });
    await appendAudit(ctx, "offer.change", { offerId, archived: true });
  },
  audit: "by run",
});

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
