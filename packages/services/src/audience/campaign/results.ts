import {
  type TransactionContext,
  query,
  selectRows,
  visibleSellerIds,
} from "../../platform/internal.ts";
import {
  CampaignReference,
  type CampaignResults,
  type PersonResult,
  measureThresholdEffect,
  summarizeResults,
  toCallResponse,
} from "@ringfence/core/audience/campaign";
import type { OfferId } from "@ringfence/core/ids";
import { loadCampaignOffers } from "../offer/internal.ts";
import { type StoredCampaign, loadCampaign, toCampaign, campaignRelations } from "./campaign.ts";
import { findForgedCorrections, isUncorrected } from "../../proof/record/internal.ts";
import { sql } from "kysely";
import { z } from "zod";

/**
 * Reads a campaign's results, the effect of its threshold and, to compare, the results of all started campaigns
 * with one of its offers or with its segment, as far as the actor works for their sellers.
 */
export const readResults = query({
  name: "readResults",
  action: "campaign.read",
  input: CampaignReference,
  run: async (ctx, { campaignId }) => {
    const { db, organizationId } = ctx;
    const campaign = await loadCampaign(ctx, { id: campaignId });
    const { segmentId } = campaign;
    const { offers } = await loadCampaignOffers(ctx, campaign.offers);
    const sellers = visibleSellerIds(ctx.actor);
    const rows = await db.campaign.findMany({
      where: {
        organizationId,
        startedAt: { not: null },
        OR: [{ offers: { some: { offerId: { in: offers.map(({ id }) => id) } } } }, { segmentId }],
        ...(sellers && { sellerId: { in: [...sellers] } }),
      },
      orderBy: { id: "asc" },
      include: campaignRelations,
    });
    const found: { campaign: StoredCampaign; people: CalledPerson[] }[] = [];
    for (const campaign of rows.map(toCampaign)) {
      if (campaign.startedAt === null) continue;
      found.push({ campaign, people: await loadCalledPeople(ctx, campaign, campaign.startedAt) });
    }
    const selectPeople = (test: (campaign: StoredCampaign) => boolean) =>
      found.filter(({ campaign }) => test(campaign)).flatMap(({ people }) => people);
    const own = selectPeople(({ id }) => id === campaignId);
    return {
      own: summarizeResults(own),
      offers: offers.map(({ id, name }) => ({
        name,
        own: summarizeOffer(own, id),
        all: summarizeOffer(
          selectPeople(() => true),
          id,
        ),
      })),
      ofSegment: summarizeResults(selectPeople((one) => one.segmentId === segmentId)),
      holdOut: compareHoldOut(own),
    };
  },
  audit: "none",
});

const summarizeOffer = (people: readonly CalledPerson[], id: OfferId): CampaignResults =>
  summarizeResults(people.filter(({ offerId }) => offerId === id));

/** Compares people below and above the threshold. Null if nobody of either was called. */
function compareHoldOut(people: readonly CalledPerson[]) {
  const below = summarizeResults(people.filter(({ isBelow }) => isBelow === true));
  const above = summarizeResults(people.filter(({ isBelow }) => isBelow === false));
  if (below.called + above.called === 0) return null;
  return { below, above, ...measureThresholdEffect(below, above) };
}

/** Call results of a person, with the offer they were handed over with, if any. */
type CalledPerson = PersonResult & { offerId: string | null; isBelow: boolean | null };

const CalledRow = z.object({
  outcomes: z.array(z.string().nullable()),
  phones: z.int(),
  hasOptedOut: z.boolean(),
  hasComplained: z.boolean(),
  offerId: z.uuid().nullable(),
  isBelow: z.boolean().nullable(),
});

/**
 * Loads the call results of a campaign since a time, by person: on all phones known to be theirs. A shared phone counts
 * for the person handed over, else for the first; an unknown number counts by itself. An opt-out of any kind within a
 * day after a call counts as caused by it. With a single offer, every call is about that offer. Calls of another seller
 * under this campaign's key do not count.
 */
export const loadCalledPeople = async (
  ctx: TransactionContext,
  { id, key, sellerId, offers }: Pick<StoredCampaign, "id" | "key" | "sellerId" | "offers">,
  since: Date,
): Promise<CalledPerson[]> => {
  const forged = await findForgedCorrections(ctx);
  const rows = await selectRows(
    ctx,
    CalledRow,
    sql`
    SELECT array_agg(outcome) AS outcomes, count(DISTINCT phone_id)::int AS phones,
      bool_or(EXISTS (
        SELECT FROM opt_out_known AS refusal
        WHERE refusal.organization_id = call.organization_id AND ${isUncorrected("refusal", forged)}
          AND refusal.phone_id IN (
            SELECT call.phone_id
            UNION ALL
            SELECT theirs.phone_id FROM contact_phone AS ours JOIN contact_phone AS theirs
              ON theirs.organization_id = ours.organization_id AND theirs.contact_id = ours.contact_id
            WHERE ours.organization_id = call.organization_id AND ours.phone_id = call.phone_id)
          AND refusal.at >= call.at AND refusal.at <= call.at + interval '1 day'
      )) AS has_opted_out,
      bool_or(EXISTS (
        SELECT FROM complaint
        WHERE complaint.organization_id = call.organization_id AND complaint.call_id = call.id
      )) AS has_complained,
      (array_agg(handed.offer_id))[1] AS offer_id, bool_or(handed.is_below) AS is_below
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
    WHERE call.organization_id = ${ctx.organizationId}::uuid AND campaign = ${key}
      AND call.seller_id = ${sellerId}::uuid AND call.at >= ${since}
    GROUP BY ordinal, CASE WHEN ordinal IS NULL THEN phone_id END`,
  );
  const [only, ...others] = offers;
  return rows.map(({ outcomes, ...person }) => ({
    ...person,
    offerId: person.offerId ?? (others.length === 0 ? (only?.id ?? null) : null),
    responses: outcomes.map(toCallResponse),
  }));
};
