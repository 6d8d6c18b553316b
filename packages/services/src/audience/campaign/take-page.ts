import type { Action } from "@ringfence/core/platform/access";
import type { HandOverCalls } from "@ringfence/core/audience/campaign";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { isActor } from "../../platform/access/is-actor.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { membersAfter } from "../segment/members.ts";
import { requireFound } from "../segment/segment.ts";
import { freeAmong } from "./free-among.ts";
import { holdPeople, notHeldElsewhere } from "./handed-phones.ts";
import type { KnownCampaign } from "./plan-of.ts";
import { requireCampaign } from "./require-campaign.ts";
import { requireReviewed } from "./require-reviewed.ts";
import { speakerOf } from "./speaker-of.ts";

/** A page is short where more than these were taken by others, or have answered. */
const LOOKED_AT = 2_000;

export type By = Parameters<typeof requireCampaign>[1];
/** What is done, and what for. */
export type Taking = { action: Action; reason?: string | null };

/**
 * The next people of a hand-over, who are its own to call for some minutes. What it costs does not grow
 * with the audience: of the members behind the cursor, who were found at the last refresh, only so many are
 * looked at, each as things stand now.
 */
export async function takePage(
  ctx: TransactionContext,
  by: By,
  { after, limit }: HandOverCalls,
  { action, reason = null }: Taking,
) {
  const { db, organizationId } = ctx;
  const campaign = await requireCampaign(ctx, by);
  if (campaign.state !== "running") {
    throw new ServiceError("conflict", { key: "campaign.not-running" });
  }
  const grounds = await requireReviewed(ctx, campaign);
  for (const id of grounds.segmentIds) await requireFound(ctx, id, grounds.segments);
  const [handOverId, from] =
    after === undefined
      ? [await begin(ctx, campaign, reason), 0]
      : await goOn(ctx, campaign, after);

  const { segmentId } = campaign;
  const [only, ...more] = grounds.offers;
  const which = { segmentId, within: more.length === 0 ? (only?.eligibility ?? null) : null };
  const found = await membersAfter(ctx, which, { after: from, limit: LOOKED_AT });
  const { ordinals, offers } = await freeAmong(ctx, campaign, grounds, found.people);
  const open = await notHeldElsewhere(ctx, handOverId, ordinals);
  const looked = open.slice(0, limit);
  const next = open.length > limit ? (looked.at(-1) ?? null) : found.next;
  const { ordinals: held, before, at } = await holdPeople(ctx, handOverId, looked);

  const speaker = await speakerOf(ctx, campaign);
  await db.campaignHandOver.updateMany({
    where: { organizationId, id: handOverId },
    data: { people: { increment: looked.length } },
  });
  const about = { campaignId: campaign.id, handOverId, people: looked.length };
  await appendAudit(ctx, action, about);
  const cursor = (behind: number) => `${handOverId}.${behind}`;
  return {
    campaign,
    speaker,
    handOverId,
    looked,
    before,
    at,
    /** Of each who is held, those that may be made to them. */
    offers: new Map(held.map((ordinal) => [ordinal, offers.get(ordinal) ?? []])),
    cursor: cursor(from),
    next: next === null ? null : cursor(next),
  };
}

async function begin(
  { db, organizationId, actor, now }: TransactionContext,
  { id: campaignId }: KnownCampaign,
  reason: string | null,
): Promise<string> {
  const nobody = { people: 0, calls: 0 };
  const { id } = await db.campaignHandOver.create({
    data: { organizationId, campaignId, ...nobody, reason, at: now, actor: actorOnRecord(actor) },
  });
  return id;
}

/** A hand-over goes on with whom it was begun by: another would be handed the same people. */
async function goOn(
  { db, organizationId, actor }: TransactionContext,
  { id: campaignId }: KnownCampaign,
  after: string,
): Promise<[string, number]> {
  const [id = "", from] = after.split(".");
  const row = await db.campaignHandOver.findFirst({ where: { organizationId, campaignId, id } });
  if (row === null || !isActor(actor, row.actor)) {
    throw new ServiceError("not-found", { key: "campaign.hand-over-not-found" });
  }
  return [id, Number(from)];
}
