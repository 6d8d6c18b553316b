import type { HandedOver, HandOverCalls } from "@ringfence/core/campaign";
import type { Action } from "@ringfence/core/access";
import { actorOnRecord } from "../access/actor-on-record.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type RootContext, type TransactionContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { permitSeconds } from "../screening/permit.ts";
import { screenMany } from "../screening/screen-many.ts";
import { heldBack } from "../relevance/held-back.ts";
import { audienceOf } from "./audience-of.ts";
import { type Listener, listenersOf } from "./listeners-of.ts";
import { requireCampaign } from "./require-campaign.ts";
import { speakerOf } from "./speaker-of.ts";

/**
 * A page of the people of a campaign that runs: who may be called at this instant, by one of their phones
 * each, with a permit of five minutes; the others are left out. That they were given is on record before.
 */
export const handOver = async (
  ctx: RootContext,
  by: Parameters<typeof requireCampaign>[1],
  { after = 0, limit }: HandOverCalls,
  { action, reason = null }: { action: Action; reason?: string | null },
): Promise<HandedOver> => {
  const { page, ...taken } = await inTransaction(ctx, (ctx) =>
    takePage(ctx, by, { after, limit }, { action, reason }),
  );
  const { campaign, purpose, sellerKey, next, handOverId } = taken;
  const held = await heldBack(
    ctx,
    page.map(({ ordinal }) => ordinal),
  );
  const people = page.filter(({ ordinal }) => !held.has(ordinal));
  const items = people.flatMap(({ phones }) =>
    phones.map((phone) => ({ phone, campaign: campaign.key })),
  );
  const defaults = { purpose, seller: campaign.sellerId, dialer: campaign.dialer };
  const { results } = await screenMany(ctx, { defaults, items }, permitSeconds.handedOver);

  const leave = new Map(
    results.flatMap(({ phone, permit, expiresAt, id }) =>
      phone && permit && expiresAt ? [[phone, { phone, permit, expiresAt, screening: id }]] : [],
    ),
  );
  const calls = people.flatMap(({ phones, externalId, language, script }) => {
    const given = phones.flatMap((phone) => leave.get(phone) ?? [])[0];
    if (given === undefined) return [];
    // Two who share a phone are called on it once.
    leave.delete(given.phone);
    return { ...given, contact: externalId, language, script };
  });
  const { organizationId } = ctx;
  await ctx.db.prisma.campaignHandOver.updateMany({
    where: { organizationId, id: handOverId },
    data: { calls: calls.length },
  });
  const { key, name, dialer, callerNumber, label } = campaign;
  const about = { key, name, seller: sellerKey, purpose, dialer, callerNumber, label };
  return { campaign: about, items: calls, leftOut: page.length - calls.length, next };
};

async function takePage(
  ctx: TransactionContext,
  by: Parameters<typeof requireCampaign>[1],
  { after, limit }: { after: number; limit: number },
  { action, reason }: { action: Action; reason: string | null },
) {
  const { db, organizationId, actor, now } = ctx;
  const campaign = await requireCampaign(ctx, by);
  if (campaign.state !== "running") {
    throw new ServiceError("conflict", { key: "campaign.not-running" });
  }
  const { ordinals } = await audienceOf(ctx, campaign);
  const waiting = ordinals.filter((ordinal) => ordinal > after);
  const ordinalsOfPage = waiting.slice(0, limit);
  const speaker = await speakerOf(ctx, campaign);
  const page: Listener[] = await listenersOf(ctx, speaker, ordinalsOfPage);
  const about = { campaignId: campaign.id, people: ordinalsOfPage.length };
  const { id: handOverId } = await db.campaignHandOver.create({
    data: { organizationId, ...about, calls: 0, reason, at: now, actor: actorOnRecord(actor) },
  });
  await appendAudit(ctx, action, { ...about, handOverId });
  return {
    campaign,
    purpose: speaker.offer.purpose,
    sellerKey: speaker.seller.key,
    page,
    handOverId,
    next: waiting.length > limit ? (ordinalsOfPage.at(-1) ?? null) : null,
  };
}
