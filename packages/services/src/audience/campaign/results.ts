import { query } from "../../platform/verb.ts";
import {
  AskCampaign,
  type CampaignResults,
  type PersonResult,
  responseOf,
  resultsOf,
  thresholdEffect,
} from "@ringfence/core/audience/campaign";
import type { OfferId } from "@ringfence/core/ids";
import { sellersSeenBy } from "../../platform/access/sellers-seen-by.ts";
import { requireOffers } from "../offer/offer.ts";
import { type KnownCampaign, planOf, requireCampaign, withOffers } from "./campaign.ts";
import type { TransactionContext } from "../../platform/context.ts";

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

/** What came of the calls to a person, and with what they were handed over, where they were. */
type PersonCalled = PersonResult & { offerId: string | null; isBelow: boolean | null };

type Row = Omit<PersonCalled, "responses"> & { outcomes: (string | null)[] };

/**
 * What came of the calls of a campaign since an instant, by person: over all phones that are known to be
 * theirs (of those who share one, who was handed over, else the first), and a number that is nobody's is one by itself. Whoever
 * refuses calls within a day after one, by whichever way, has refused because of it. Of a campaign of one
 * offer every call is about that. A call of another seller that names the campaign is none of it.
 */
export const peopleCalled = async (
  { db, organizationId }: TransactionContext,
  { id, key, sellerId, offers }: Pick<KnownCampaign, "id" | "key" | "sellerId" | "offers">,
  since: Date,
): Promise<PersonCalled[]> => {
  const rows = await db.$queryRaw<Row[]>`
    SELECT array_agg(outcome) AS outcomes, count(DISTINCT phone_id)::int AS phones,
      bool_or(EXISTS (
        SELECT FROM opt_out_known AS refusal
        WHERE refusal.organization_id = call.organization_id AND corrected_at IS NULL
          AND refusal.phone_id IN (
            SELECT call.phone_id
            UNION ALL
            SELECT theirs.phone_id FROM contact_phone AS ours JOIN contact_phone AS theirs
              ON theirs.organization_id = ours.organization_id AND theirs.contact_id = ours.contact_id
            WHERE ours.organization_id = call.organization_id AND ours.phone_id = call.phone_id)
          AND refusal.at >= call.at AND refusal.at <= call.at + interval '1 day'
      )) AS "hasOptedOut",
      bool_or(EXISTS (
        SELECT FROM complaint
        WHERE complaint.organization_id = call.organization_id AND complaint.call_id = call.id
      )) AS "hasComplained",
      (array_agg(handed.offer_id))[1] AS "offerId", bool_or(handed.is_below) AS "isBelow"
    FROM call CROSS JOIN LATERAL (
      -- Of several whose phone it is, the one who was handed over.
      SELECT (array_agg(owner.contact_ordinal
        ORDER BY (given.contact_ordinal IS NULL), owner.contact_ordinal))[1] AS ordinal
      FROM contact_phone AS owner LEFT JOIN campaign_person AS given
        ON given.organization_id = owner.organization_id AND given.campaign_id = ${id}::uuid
        AND given.contact_ordinal = owner.contact_ordinal
      WHERE owner.organization_id = call.organization_id AND owner.phone_id = call.phone_id
    ) AS person
    LEFT JOIN campaign_person AS handed ON handed.organization_id = call.organization_id
      AND handed.campaign_id = ${id}::uuid AND handed.contact_ordinal = person.ordinal
    WHERE call.organization_id = ${organizationId}::uuid AND campaign = ${key}
      AND call.seller_id = ${sellerId}::uuid AND call.at >= ${since}
    GROUP BY ordinal, CASE WHEN ordinal IS NULL THEN phone_id END`;
  const [only, ...others] = offers;
  return rows.map(({ outcomes, ...person }) => ({
    ...person,
    offerId: person.offerId ?? (others.length === 0 ? (only?.id ?? null) : null),
    responses: outcomes.map(responseOf),
  }));
};
