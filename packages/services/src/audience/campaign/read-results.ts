import { query } from "../../platform/verb.ts";
import {
  AskCampaign,
  type CampaignResults,
  resultsOf,
  thresholdEffect,
} from "@ringfence/core/audience/campaign";
import type { OfferId } from "@ringfence/core/ids";
import { sellersSeenBy } from "../../platform/access/sellers-seen-by.ts";
import { requireOffers } from "../offer/offer.ts";
import { type PersonCalled, peopleCalled } from "./people-called.ts";
import { type KnownCampaign, planOf, withOffers } from "./plan-of.ts";
import { requireCampaign } from "./require-campaign.ts";

type Called = { of: KnownCampaign; people: PersonCalled[] };

/**
 * What came of a campaign since it was handed over, beside all campaigns of its offers and all of its
 * segment, as far as they are of sellers that the actor works for; and what its threshold prevents.
 */
export const readResults = query({
  name: "readResults",
  action: "campaign.read",
  input: AskCampaign,
  run: async (ctx, { campaignId }) => {
    const { db, organizationId } = ctx;
    const campaign = await requireCampaign(ctx, { id: campaignId });
    const { segmentId } = campaign;
    const { offers } = await requireOffers(ctx, campaign.offers);
    const sellers = sellersSeenBy(ctx.actor);
    const rows = await db.campaign.findMany({
      where: {
        organizationId,
        startedAt: { not: null },
        OR: [{ offers: { some: { offerId: { in: offers.map(({ id }) => id) } } } }, { segmentId }],
        ...(sellers && { sellerId: { in: [...sellers] } }),
      },
      orderBy: { id: "asc" },
      include: withOffers,
    });
    const found: Called[] = [];
    for (const of of rows.map(planOf)) {
      if (of.startedAt === null) continue;
      found.push({ of, people: await peopleCalled(ctx, of, of.startedAt) });
    }
    const peopleOf = (test: (one: KnownCampaign) => boolean) =>
      found.filter(({ of }) => test(of)).flatMap(({ people }) => people);
    const own = peopleOf(({ id }) => id === campaignId);
    return {
      own: resultsOf(own),
      offers: offers.map(({ id, name }) => ({
        name,
        own: madeOffer(own, id),
        all: madeOffer(
          peopleOf(() => true),
          id,
        ),
      })),
      ofSegment: resultsOf(peopleOf((one) => one.segmentId === segmentId)),
      holdOut: holdOutOf(own),
    };
  },
  audit: "by run",
});

const madeOffer = (people: readonly PersonCalled[], id: OfferId): CampaignResults =>
  resultsOf(people.filter(({ offerId }) => offerId === id));

/** Both groups, and what they say of the threshold; null where nobody of either was called. */
function holdOutOf(people: readonly PersonCalled[]) {
  const below = resultsOf(people.filter(({ isBelow }) => isBelow === true));
  const above = resultsOf(people.filter(({ isBelow }) => isBelow === false));
  if (below.called + above.called === 0) return null;
  return { below, above, ...thresholdEffect(below, above) };
}
