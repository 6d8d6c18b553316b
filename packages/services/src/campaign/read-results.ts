import { type AskCampaign, type PersonResult, resultsOf } from "@ringfence/core/campaign";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { peopleCalled } from "./people-called.ts";
import { planOf } from "./plan-of.ts";
import { requireCampaign } from "./require-campaign.ts";
import { sellersSeenBy } from "../access/sellers-seen-by.ts";

/**
 * What came of a campaign since it was handed over, beside all campaigns of its offer and all of its
 * segment, as far as they are of sellers that the actor works for.
 */
export async function readResults(ctx: ServiceContext, { campaignId }: AskCampaign) {
  allow(ctx, "campaign.read");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const { offerId, segmentId } = await requireCampaign(ctx, { id: campaignId });
    const sellers = sellersSeenBy(ctx.actor);
    const rows = await db.campaign.findMany({
      where: {
        organizationId,
        startedAt: { not: null },
        OR: [{ offerId }, { segmentId }],
        ...(sellers && { sellerId: { in: [...sellers] } }),
      },
      orderBy: { id: "asc" },
    });
    const found: { of: ReturnType<typeof planOf>; people: PersonResult[] }[] = [];
    for (const of of rows.map(planOf)) {
      if (of.startedAt === null) continue;
      found.push({ of, people: await peopleCalled(ctx, of, of.startedAt) });
    }
    const together = (test: (one: ReturnType<typeof planOf>) => boolean) =>
      resultsOf(found.filter(({ of }) => test(of)).flatMap(({ people }) => people));
    return {
      own: together(({ id }) => id === campaignId),
      ofOffer: together((one) => one.offerId === offerId),
      ofSegment: together((one) => one.segmentId === segmentId),
    };
  });
}
