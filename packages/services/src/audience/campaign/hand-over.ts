import {
  type RootContext,
  ServiceError,
  type TransactionContext,
  appendAudit,
  command,
  inAnalysisTransaction,
  inTransaction,
  isStoredActor,
  toStoredActor,
} from "../../platform/internal.ts";
import {
  ExportCalls,
  CampaignKey,
  HandOverCalls,
  type HandedOver,
} from "@ringfence/core/audience/campaign";
import { permitSeconds, screenMany } from "../../calling/screening/internal.ts";
import { chooseOffers, saveChosenOffers } from "./choose-offers.ts";
import { confirmHolds, findUnheld, holdPeople } from "./held-phones.ts";
import { fillScripts, loadSpeaker } from "./script.ts";
import type { Action } from "@ringfence/core/platform/access";
import { assertCurrentMembers, loadMembersAfter } from "../segment/internal.ts";
import { findAvailable } from "./audience.ts";
import { type StoredCampaign, loadCampaign } from "./campaign.ts";
import { loadReviewedPlan } from "./review.ts";

/** Hands a dialer a page of the calls of a running campaign, each with a permit. */
export const handOverCalls = command({
  name: "handOverCalls",
  action: "campaign.hand-over",
  input: HandOverCalls.extend({ key: CampaignKey }),
  transaction: "by run",
  run: (ctx, { key, ...request }) =>
    handOver(ctx, { key }, request, { action: "campaign.hand-over" }),
  audit: "by run",
});

const EXPORT_PAGE = 500;

/**
 * Returns a function that hands over one page of the calls of a running campaign after another, for an export
 * file: `page(next)` continues, `page()` begins a new hand-over. Needs permission to export numbers, and a reason. Each
 * row has a permit. Every page is recorded and audited when it is loaded.
 */
export const exportCalls = command({
  name: "exportCalls",
  action: "campaign.export",
  stepUp: true,
  input: ExportCalls,
  transaction: "by run",
  run: async (ctx, { campaignId, reason }) => {
    const loadPage = (after?: string) =>
      handOver(
        ctx,
        { id: campaignId },
        { after, limit: EXPORT_PAGE },
        { action: "campaign.export", reason },
      );
    return { page: loadPage };
  },
  audit: "by run",
});

/**
 * Hands over a page of people who may be called now, each with one phone and a permit for
 * `permitSeconds.handedOver`; everyone else is left out. Until the permit ends or the call is recorded, these
 * people are handed to nobody else. The hand-over is recorded and audited before the numbers are returned. It takes
 * several transactions: if it fails between them, its people stay held until the hold ends by itself.
 */
const handOver = async (
  ctx: RootContext,
  campaignRef: CampaignKeyOrId,
  request: HandOverCalls,
  action: HandOverAction,
): Promise<HandedOver> => {
  const taken = await inTransaction(ctx, (ctx) =>
    takeNextPeople(ctx, campaignRef, request, action),
  );
  const { campaign, speaker, handOverId, pagePeople, before, at, cursor, next } = taken;
  const { purpose, seller } = speaker;
  const chosen = await inAnalysisTransaction(ctx, (ctx) =>
    chooseOffers(ctx, campaign.id, taken.offers),
  );
  const people = await inTransaction(ctx, (ctx) => fillScripts(ctx, speaker, chosen));
  const items = people.flatMap(({ phones }) =>
    phones.map((phone) => ({ phone, campaign: campaign.key })),
  );
  const defaults = { purpose, seller: campaign.sellerId, dialer: campaign.dialer };
  const { results } = await screenMany(
    ctx,
    { defaults, items },
    { lifeSeconds: permitSeconds.handedOver, handOverId },
  );

  const permits = new Map(
    results.flatMap(({ phone, permit, expiresAt, id }) =>
      phone && permit && expiresAt ? [[phone, { phone, permit, expiresAt, screening: id }]] : [],
    ),
  );
  const calls = people.flatMap(({ ordinal, phones, externalId, language, script, choice }) => {
    const permit = phones.flatMap((phone) => permits.get(phone) ?? [])[0];
    if (permit === undefined) return [];
    // A phone that two people on the page share is handed over once.
    permits.delete(permit.phone);
    const offer = { id: choice.offer.id, name: choice.offer.name };
    return { ordinal, choice, call: { ...permit, contact: externalId, language, script, offer } };
  });
  await confirmHolds(ctx, handOverId, {
    pagePeople,
    before,
    at,
    given: calls.map(({ ordinal }) => ordinal),
    until: calls[0]?.call.expiresAt ?? null,
  });
  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    await saveChosenOffers(
      ctx,
      campaign.id,
      calls.map(({ ordinal, choice }) => ({ ordinal, ...choice })),
    );
    await db.campaignHandOver.updateMany({
      where: { organizationId, id: handOverId },
      data: { calls: { increment: calls.length } },
    });
  });
  const { key, name, dialer, callerNumber, label } = campaign;
  return {
    campaign: { key, name, seller: seller.key, purpose, dialer, callerNumber, label },
    items: calls.map(({ call }) => call),
    leftOut: pagePeople.length - calls.length,
    page: cursor,
    next,
  };
};

/** Members examined for a page. If too many of them are unavailable, the page is shorter than its limit. */
const MAX_EXAMINED = 2_000;

type CampaignKeyOrId = Parameters<typeof loadCampaign>[1];
/** The action for the audit trail, and the reason, which is stored with the hand-over. */
type HandOverAction = { action: Action; reason?: string | null };

/**
 * Checks that the campaign is running and unchanged since its review, takes its next people and holds them for a few
 * minutes (`holdPeople`), and audits that. It examines at most `MAX_EXAMINED` members after the cursor, as of now, so
 * its cost does not grow with the audience.
 */
async function takeNextPeople(
  ctx: TransactionContext,
  campaignRef: CampaignKeyOrId,
  { after, limit }: HandOverCalls,
  { action, reason = null }: HandOverAction,
) {
  const { db, organizationId } = ctx;
  const campaign = await loadCampaign(ctx, campaignRef);
  if (campaign.state !== "running") {
    throw new ServiceError("conflict", { key: "campaign.not-running" });
  }
  const plan = await loadReviewedPlan(ctx, campaign);
  for (const id of plan.segmentIds) await assertCurrentMembers(ctx, id, plan.segments);
  const [handOverId, from] =
    after === undefined
      ? [await beginHandOver(ctx, campaign, reason), 0]
      : await continueHandOver(ctx, campaign, after);

  const { segmentId } = campaign;
  const [firstOffer, ...otherOffers] = plan.offers;
  // With a single offer, only people who are eligible for it are loaded.
  const which = {
    segmentId,
    within: otherOffers.length === 0 ? (firstOffer?.eligibility ?? null) : null,
  };
  const found = await loadMembersAfter(ctx, which, { after: from, limit: MAX_EXAMINED });
  const { ordinals, offers } = await findAvailable(ctx, campaign, plan, found.people);
  const open = await findUnheld(ctx, handOverId, ordinals);
  const taken = open.slice(0, limit);
  const next = open.length > limit ? (taken.at(-1) ?? null) : found.next;
  const { ordinals: held, before, at } = await holdPeople(ctx, handOverId, taken);

  const speaker = await loadSpeaker(ctx, campaign);
  await db.campaignHandOver.updateMany({
    where: { organizationId, id: handOverId },
    data: { people: { increment: taken.length } },
  });
  const details = { campaignId: campaign.id, handOverId, people: taken.length };
  await appendAudit(ctx, action, details);
  const toCursor = (ordinal: number) => `${handOverId}.${ordinal}`;
  return {
    campaign,
    speaker,
    handOverId,
    pagePeople: taken,
    /** Those that this hand-over held before, and when the page was held: for `confirmHolds`. */
    before,
    at,
    /** Offers available to each person who is held. */
    offers: new Map(held.map((ordinal) => [ordinal, offers.get(ordinal) ?? []])),
    cursor: toCursor(from),
    next: next === null ? null : toCursor(next),
  };
}

async function beginHandOver(
  { db, organizationId, actor, now }: TransactionContext,
  { id: campaignId }: StoredCampaign,
  reason: string | null,
): Promise<string> {
  const zeroCounts = { people: 0, calls: 0 };
  const { id } = await db.campaignHandOver.create({
    data: {
      organizationId,
      campaignId,
      ...zeroCounts,
      reason,
      at: now,
      actor: toStoredActor(actor),
    },
  });
  return id;
}

/** Continues a hand-over. Only whoever began it may, because the people are held for them. */
async function continueHandOver(
  { db, organizationId, actor }: TransactionContext,
  { id: campaignId }: StoredCampaign,
  after: string,
): Promise<[string, number]> {
  const [id = "", from] = after.split(".");
  const row = await db.campaignHandOver.findFirst({ where: { organizationId, campaignId, id } });
  if (row === null || !isStoredActor(actor, row.actor)) {
    throw new ServiceError("not-found", { key: "campaign.hand-over-not-found" });
  }
  return [id, Number(from)];
}
