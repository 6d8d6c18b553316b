import { goesFirst, isSettled, responseOf } from "@ringfence/core/campaign";
import type { TransactionContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { requireOffer } from "../offer/require-offer.ts";
import { keptMembers } from "../segment/kept-members.ts";
import { knownSegmentsOf } from "../segment/known-segments-of.ts";
import { rulesBehind } from "../segment/rules-behind.ts";
import { withoutRefusers } from "../segment/without-refusers.ts";
import { type KnownCampaign, planOf } from "./plan-of.ts";
import { requireReviewed } from "./require-reviewed.ts";

/** Whom a campaign may ask about, by ordinal, and how many of its people go to another. */
export type Audience = { ordinals: number[]; elsewhere: number; settled: number };

/**
 * The people of a campaign as of the last refresh of its segment: without who refuses profiling where the
 * rule looks at behavior, without whom a campaign that goes first wants too, and without who has answered
 * this one already. Nobody of them is called by this: each call is screened.
 */
export async function audienceOf(
  ctx: TransactionContext,
  campaign: KnownCampaign,
): Promise<Audience> {
  const people = await peopleOf(ctx, campaign);
  const taken = new Set<number>();
  for (const other of await campaignsBefore(ctx, campaign)) {
    for (const ordinal of await peopleClaimed(ctx, other)) taken.add(ordinal);
  }
  const answered = await settledIn(ctx, campaign);
  const free = people.filter((ordinal) => !taken.has(ordinal));
  const ordinals = free.filter((ordinal) => !answered.has(ordinal));
  return {
    ordinals,
    elsewhere: people.length - free.length,
    settled: free.length - ordinals.length,
  };
}

/** Members of the segment by the rule that was reviewed, of whom the offer may be made to all. */
async function peopleOf(ctx: TransactionContext, campaign: KnownCampaign): Promise<number[]> {
  const { segmentId } = campaign;
  const { version, name } = await requireReviewed(ctx, campaign);
  const kept = await keptMembers(ctx, segmentId);
  if (kept?.version !== version) {
    throw new ServiceError("conflict", { key: "segment.not-refreshed", values: { name } });
  }
  const rules = await rulesBehind(ctx, segmentId, [version]);
  const members = await withoutRefusers(ctx, rules, await knownSegmentsOf(ctx), kept.ordinals);
  return eligibleAmong(ctx, campaign, members);
}

/** Whom another campaign has a claim on, as far as that is known: it is not asked to hand them over. */
async function peopleClaimed(ctx: TransactionContext, other: KnownCampaign): Promise<number[]> {
  const kept = await keptMembers(ctx, other.segmentId);
  return eligibleAmong(ctx, other, kept?.ordinals ?? []);
}

async function eligibleAmong(
  ctx: TransactionContext,
  { offerId, offerVersion }: KnownCampaign,
  members: number[],
): Promise<number[]> {
  const { eligibility } = await requireOffer(ctx, offerId, offerVersion);
  if (eligibility === null) return members;
  const kept = await keptMembers(ctx, eligibility);
  if (kept === null) return [];
  const eligible = new Set(kept.ordinals);
  const among = members.filter((ordinal) => eligible.has(ordinal));
  const rules = await rulesBehind(ctx, eligibility, [kept.version]);
  return withoutRefusers(ctx, rules, await knownSegmentsOf(ctx), among);
}

/** Those that run, and have a person before this one would. */
async function campaignsBefore(ctx: TransactionContext, campaign: KnownCampaign) {
  const { db, organizationId, now } = ctx;
  const claim = (one: KnownCampaign) => ({ ...one, startedAt: one.startedAt ?? now });
  const rows = await db.campaign.findMany({
    where: { organizationId, state: "running", id: { not: campaign.id } },
    orderBy: { id: "asc" },
  });
  return rows.map(planOf).filter((other) => goesFirst(claim(other), claim(campaign)));
}

/** Who has accepted or refused. */
async function settledIn(
  { db, organizationId }: TransactionContext,
  { key, startedAt }: KnownCampaign,
): Promise<Set<number>> {
  if (startedAt === null) return new Set();
  const rows = await db.$queryRaw<{ ordinal: number; outcome: string | null }[]>`
    SELECT DISTINCT contact_ordinal AS ordinal, outcome FROM call
    JOIN contact_phone ON contact_phone.organization_id = call.organization_id
      AND contact_phone.phone_id = call.phone_id
    WHERE call.organization_id = ${organizationId}::uuid AND campaign = ${key} AND at >= ${startedAt}`;
  return new Set(
    rows.flatMap(({ ordinal, outcome }) => (isSettled(responseOf(outcome)) ? ordinal : [])),
  );
}
