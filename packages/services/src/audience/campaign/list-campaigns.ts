import { query } from "../../platform/verb.ts";
import { sellersSeenBy } from "../../platform/access/sellers-seen-by.ts";
import { planOf, withOffers } from "./plan-of.ts";

/** The campaigns that are not archived, the newest first, of sellers that the actor works for. */
export const listCampaigns = query({
  name: "listCampaigns",
  action: "campaign.read",
  run: async (ctx) => {
    const { db, organizationId } = ctx;
    const sellers = sellersSeenBy(ctx.actor);
    const rows = await db.campaign.findMany({
      where: {
        organizationId,
        archivedAt: null,
        ...(sellers && { sellerId: { in: [...sellers] } }),
      },
      orderBy: { id: "desc" },
      include: {
        offers: { ...withOffers.offers, include: { offer: { select: { name: true } } } },
        segment: { select: { name: true } },
        seller: { select: { name: true } },
      },
    });
    return rows.map(({ segment, seller, ...row }) => {
      const { id, key, name, state, isHeld, priority, startedAt } = planOf(row);
      const offers = row.offers.map(({ offer }) => offer.name);
      const names = { segment: segment.name, seller: seller.name };
      return { id, key, name, state, isHeld, priority, startedAt, offers, ...names };
    });
  },
  audit: "by run",
});

export type CampaignListed = Awaited<ReturnType<typeof listCampaigns>>[number];
