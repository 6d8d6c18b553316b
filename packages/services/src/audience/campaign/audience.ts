import type { TransactionContext } from "../../platform/context.ts";
import { keptMembers, membersAmong, withoutRefusers } from "../segment/members.ts";
import { requireFound } from "../segment/segment.ts";
import { type KnownCampaign, planOf, withOffers } from "./campaign.ts";
import { type Grounds, requireReviewed } from "./review.ts";
import { goesFirst, isSettled, responseOf } from "@ringfence/core/audience/campaign";
import { offersFor } from "../offer/eligibility.ts";
import { type KnownOffer, requireOffers } from "../offer/offer.ts";

/** All people of a campaign as of the last refresh of its segments. To hand them over takes pages of them. */
export async function audienceOf(ctx: TransactionContext, campaign: KnownCampaign): Promise<Free> {
  const { segmentId } = campaign;
  const grounds = await requireReviewed(ctx, campaign);
  for (const id of grounds.segmentIds) await requireFound(ctx, id, grounds.segments);
  const members = (await keptMembers(ctx, segmentId))?.ordinals ?? [];
  return freeAmong(ctx, campaign, grounds, members);
}

/** Whom a campaign may ask about, by ordinal, with what it may offer each, and how many of its people go to another. */
type Free = {
  ordinals: number[];
  offers: ReadonlyMap<number, readonly KnownOffer[]>;
  elsewhere: number;
  settled: number;
};

/**
 * Of people of a segment, those whom a campaign may ask about now: without who refuses profiling where a
 * rule looks at behavior, without whom none of its offers may be made to, without whom a campaign that goes first wants too, and without who has answered this
 * one already. Nobody of them is called by this: each call is screened.
 */
export async function freeAmong(
  ctx: TransactionContext,
  campaign: KnownCampaign,
  { segments, offers }: Grounds,
  ordinals: readonly number[],
): Promise<Free> {
  const members = await withoutRefusers(ctx, rulesOf(campaign, segments), segments, ordinals);
  const offersByPerson = await offersFor(ctx, segments, offers, members);
  const people = [...offersByPerson.keys()];
  let free = people;
  for (const other of await campaignsBefore(ctx, campaign)) {
    const taken = new Set(await claimedBy(ctx, other, segments, free));
    free = free.filter((ordinal) => !taken.has(ordinal));
  }
  const answered = await settledIn(ctx, campaign, free);
  const open = free.filter((ordinal) => !answered.has(ordinal));
  return {
    ordinals: open,
    offers: new Map(open.map((ordinal) => [ordinal, offersByPerson.get(ordinal) ?? []])),
    elsewhere: people.length - free.length,
    settled: free.length - open.length,
  };
}

/** Those that run, and have a person before this one would. */
async function campaignsBefore(ctx: TransactionContext, campaign: KnownCampaign) {
  const { db, organizationId, now } = ctx;
  const claim = (one: KnownCampaign) => ({ ...one, startedAt: one.startedAt ?? now });
  const rows = await db.campaign.findMany({
    where: { organizationId, state: "running", id: { not: campaign.id } },
    orderBy: { id: "asc" },
    include: withOffers,
  });
  return rows.map(planOf).filter((other) => goesFirst(claim(other), claim(campaign)));
}

/** Whom another campaign has a claim on, as far as that is known: it is not asked to hand them over. */
async function claimedBy(
  ctx: TransactionContext,
  campaign: KnownCampaign,
  segments: Grounds["segments"],
  ordinals: readonly number[],
): Promise<number[]> {
  const { offers } = await requireOffers(ctx, campaign.offers);
  const found = await membersAmong(ctx, campaign.segmentId, ordinals);
  const members = await withoutRefusers(ctx, rulesOf(campaign, segments), segments, found);
  return [...(await offersFor(ctx, segments, offers, members)).keys()];
}

const rulesOf = ({ segmentId }: KnownCampaign, segments: Grounds["segments"]) =>
  [segments.get(segmentId)?.rule].filter((rule) => rule !== undefined);

/** Who has accepted or refused. */
async function settledIn(
  { db, organizationId }: TransactionContext,
  { key, sellerId, startedAt }: KnownCampaign,
  ordinals: readonly number[],
): Promise<Set<number>> {
  if (startedAt === null) return new Set();
  const rows = await db.$queryRaw<{ ordinal: number; outcome: string | null }[]>`
    SELECT DISTINCT contact_ordinal AS ordinal, outcome FROM call
    JOIN contact_phone ON contact_phone.organization_id = call.organization_id
      AND contact_phone.phone_id = call.phone_id
    WHERE call.organization_id = ${organizationId}::uuid AND campaign = ${key}
      AND seller_id = ${sellerId}::uuid AND at >= ${startedAt}
      AND contact_ordinal = ANY (${[...ordinals]}::int[])`;
  return new Set(
    rows.flatMap(({ ordinal, outcome }) => (isSettled(responseOf(outcome)) ? ordinal : [])),
  );
}
