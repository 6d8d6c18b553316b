import { type TransactionContext, selectRows } from "../../platform/internal.ts";
import {
  assertCurrentMembers,
  filterMembers,
  loadMembers,
  withoutBarredPeople,
} from "../segment/internal.ts";
import { type StoredCampaign, toCampaign, campaignRelations } from "./campaign.ts";
import { type ReviewedPlan, loadReviewedPlan } from "./review.ts";
import { hasPriority, isFinalResponse, toCallResponse } from "@ringfence/core/audience/campaign";
import { type OfferVersion, findEligibleOffers, loadCampaignOffers } from "../offer/internal.ts";
import { sql } from "kysely";
import { z } from "zod";

/**
 * Finds everyone a campaign could call, as of the last refresh of its segments. Throws a conflict if the plan is no
 * longer the reviewed one, or a segment was not refreshed since its rule changed.
 */
export async function findAudience(
  ctx: TransactionContext,
  campaign: StoredCampaign,
): Promise<AvailablePeople> {
  const { segmentId } = campaign;
  const plan = await loadReviewedPlan(ctx, campaign);
  for (const id of plan.segmentIds) await assertCurrentMembers(ctx, id, plan.segments);
  const members = (await loadMembers(ctx, segmentId))?.ordinals ?? [];
  return findAvailable(ctx, campaign, plan, members);
}

/**
 * People a campaign may call, by ordinal, with the offers for each. `elsewhere` counts those it leaves to other
 * campaigns, `settled` those who have answered already.
 */
type AvailablePeople = {
  ordinals: number[];
  offers: ReadonlyMap<number, readonly OfferVersion[]>;
  elsewhere: number;
  settled: number;
};

/**
 * Narrows people of a segment down to those a campaign may call now. Leaves out people who opted out of
 * profiling (if a rule uses behavior), who are eligible for no offer, who belong to a running campaign with priority
 * (`hasPriority`), or who have answered already. This allows no call: each call is screened too.
 */
export async function findAvailable(
  ctx: TransactionContext,
  campaign: StoredCampaign,
  { segments, offers }: ReviewedPlan,
  ordinals: readonly number[],
): Promise<AvailablePeople> {
  const members = await withoutBarredPeople(ctx, listRules(campaign, segments), segments, ordinals);
  const offersByPerson = await findEligibleOffers(ctx, segments, offers, members);
  const people = [...offersByPerson.keys()];
  let free = people;
  for (const other of await findPriorCampaigns(ctx, campaign)) {
    const taken = new Set(await findClaimed(ctx, other, segments, free));
    free = free.filter((ordinal) => !taken.has(ordinal));
  }
  const answered = await findAnswered(ctx, campaign, free);
  const open = free.filter((ordinal) => !answered.has(ordinal));
  return {
    ordinals: open,
    offers: new Map(open.map((ordinal) => [ordinal, offersByPerson.get(ordinal) ?? []])),
    elsewhere: people.length - free.length,
    settled: free.length - open.length,
  };
}

/** Finds running campaigns that have priority over this one. A campaign that has not started counts as starting now. */
async function findPriorCampaigns(ctx: TransactionContext, campaign: StoredCampaign) {
  const { db, organizationId, now } = ctx;
  const claim = (one: StoredCampaign) => ({ ...one, startedAt: one.startedAt ?? now });
  const rows = await db.campaign.findMany({
    where: { organizationId, state: "running", id: { not: campaign.id } },
    orderBy: { id: "asc" },
    include: campaignRelations,
  });
  return rows.map(toCampaign).filter((other) => hasPriority(claim(other), claim(campaign)));
}

/** Finds the people who belong to another campaign, whether or not they have answered it. */
async function findClaimed(
  ctx: TransactionContext,
  campaign: StoredCampaign,
  segments: ReviewedPlan["segments"],
  ordinals: readonly number[],
): Promise<number[]> {
  const { offers } = await loadCampaignOffers(ctx, campaign.offers);
  const found = await filterMembers(ctx, campaign.segmentId, ordinals);
  const members = await withoutBarredPeople(ctx, listRules(campaign, segments), segments, found);
  return [...(await findEligibleOffers(ctx, segments, offers, members)).keys()];
}

const listRules = ({ segmentId }: StoredCampaign, segments: ReviewedPlan["segments"]) =>
  [segments.get(segmentId)?.rule].filter((rule) => rule !== undefined);

/** Finds the people who answered for good (`isFinalResponse`) since the campaign started, on any of their phones. */
async function findAnswered(
  ctx: TransactionContext,
  { key, sellerId, startedAt }: StoredCampaign,
  ordinals: readonly number[],
): Promise<Set<number>> {
  if (startedAt === null) return new Set();
  const rows = await selectRows(
    ctx,
    z.object({ ordinal: z.int(), outcome: z.string().nullable() }),
    sql`
    SELECT DISTINCT contact_ordinal AS ordinal, outcome FROM call
    JOIN contact_phone ON contact_phone.organization_id = call.organization_id
      AND contact_phone.phone_id = call.phone_id
    WHERE call.organization_id = ${ctx.organizationId}::uuid AND campaign = ${key}
      AND seller_id = ${sellerId}::uuid AND at >= ${startedAt}
      AND contact_ordinal = ANY (${[...ordinals]}::int[])`,
  );
  return new Set(
    rows.flatMap(({ ordinal, outcome }) =>
      isFinalResponse(toCallResponse(outcome)) ? ordinal : [],
    ),
  );
}
