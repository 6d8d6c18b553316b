import { goesFirst, isSettled, responseOf } from "@ringfence/core/campaign";
import type { TransactionContext } from "../context.ts";
import { requireOffer } from "../offer/require-offer.ts";
import { membersAmong } from "../segment/members-among.ts";
import { withoutRefusers } from "../segment/without-refusers.ts";
import { type KnownCampaign, planOf } from "./plan-of.ts";
import type { Grounds } from "./require-reviewed.ts";

/** Whom a campaign may ask about, by ordinal, and how many of its people go to another. */
export type Free = { ordinals: number[]; elsewhere: number; settled: number };

/**
 * Of people of a campaign, those whom it may ask about now: without who refuses profiling where a rule
 * looks at behavior, without whom a campaign that goes first wants too, and without who has answered this
 * one already. Nobody of them is called by this: each call is screened.
 */
export async function freeAmong(
  ctx: TransactionContext,
  campaign: KnownCampaign,
  { segments, rules }: Grounds,
  ordinals: readonly number[],
): Promise<Free> {
  const people = await withoutRefusers(ctx, rules, segments, ordinals);
  let free = people;
  for (const other of await campaignsBefore(ctx, campaign)) {
    const taken = new Set(await claimedBy(ctx, other, segments, free));
    free = free.filter((ordinal) => !taken.has(ordinal));
  }
  const answered = await settledIn(ctx, campaign, free);
  const open = free.filter((ordinal) => !answered.has(ordinal));
  return {
    ordinals: open,
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
  });
  return rows.map(planOf).filter((other) => goesFirst(claim(other), claim(campaign)));
}

/** Whom another campaign has a claim on, as far as that is known: it is not asked to hand them over. */
async function claimedBy(
  ctx: TransactionContext,
  { segmentId, offerId, offerVersion }: KnownCampaign,
  segments: Grounds["segments"],
  ordinals: readonly number[],
): Promise<number[]> {
  const { eligibility } = await requireOffer(ctx, offerId, offerVersion);
  const members = await membersAmong(ctx, segmentId, ordinals);
  const eligible = eligibility === null ? members : await membersAmong(ctx, eligibility, members);
  const rules = [segmentId, eligibility].flatMap((id) => (id && segments.get(id)?.rule) ?? []);
  return withoutRefusers(ctx, rules, segments, eligible);
}

/** Who has accepted or refused. */
async function settledIn(
  { db, organizationId }: TransactionContext,
  { key, startedAt }: KnownCampaign,
  ordinals: readonly number[],
): Promise<Set<number>> {
  if (startedAt === null) return new Set();
  const rows = await db.$queryRaw<{ ordinal: number; outcome: string | null }[]>`
    SELECT DISTINCT contact_ordinal AS ordinal, outcome FROM call
    JOIN contact_phone ON contact_phone.organization_id = call.organization_id
      AND contact_phone.phone_id = call.phone_id
    WHERE call.organization_id = ${organizationId}::uuid AND campaign = ${key} AND at >= ${startedAt}
      AND contact_ordinal = ANY (${[...ordinals]}::int[])`;
  return new Set(
    rows.flatMap(({ ordinal, outcome }) => (isSettled(responseOf(outcome)) ? ordinal : [])),
  );
}
