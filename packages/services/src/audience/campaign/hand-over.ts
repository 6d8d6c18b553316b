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
import { type ChosenOffer, chooseOffers, saveChosenOffers } from "./choose-offers.ts";
import { confirmHolds, findUnheld, holdPeople } from "./held-phones.ts";
import { fillScripts, loadSpeaker } from "./script.ts";
import type { Action } from "@ringfence/core/platform/access";
import { assertCurrentMembers, loadMembersAfter } from "../segment/internal.ts";
import { findAvailable } from "./audience.ts";
import { type StoredCampaign, loadCampaign } from "./campaign.ts";
import { loadReviewedPlan } from "./review.ts";

/** Gives a dialer a page of the calls of a running campaign, each with a permit. */
export const handOverCalls = command({
  name: "handOverCalls",
  action: "campaign.hand-over",
  input: HandOverCalls.extend({ key: CampaignKey }),
  transaction: "by run",
  run: (ctx, { key, ...page }) => handOver(ctx, { key }, page, { action: "campaign.hand-over" }),
  audit: "by run",
});

const PAGE = 500;

/**
 * Exports the calls of a running campaign as a file, to someone who may take numbers out and gives a
 * reason. Each row has a permit.
 */
export const exportCalls = command({
  name: "exportCalls",
  action: "campaign.export",
  input: ExportCalls,
  transaction: "by run",
  run: async (ctx, { campaignId, reason }) => {
    const page = (after?: string) =>
      handOver(
        ctx,
        { id: campaignId },
        { after, limit: PAGE },
        { action: "campaign.export", reason },
      );
    return { page };
  },
  audit: "by run",
});

/**
 * Hands over a page of people who may be called now, each by one phone and with a permit of five minutes;
 * everyone else is left out. Until the permit ends or the call is recorded, nobody else gets them. The
 * hand-over is recorded before the numbers are returned.
 */
const handOver = async (
  ctx: RootContext,
  by: CampaignKeyOrId,
  asked: HandOverCalls,
  taking: HandOverAction,
): Promise<HandedOver> => {
  const taken = await inTransaction(ctx, (ctx) => takeNextPeople(ctx, by, asked, taking));
  const { campaign, speaker, handOverId, looked, before, at, cursor, next } = taken;
  const { purpose, seller } = speaker;
  const chosen = await inAnalysisTransaction(ctx, (ctx) =>
    chooseOffers(ctx, campaign.id, taken.offers),
  );
  const people = await inTransaction(ctx, (ctx) => fillChosenScripts(ctx, speaker, chosen));
  const items = people.flatMap(({ phones }) =>
    phones.map((phone) => ({ phone, campaign: campaign.key })),
  );
  const defaults = { purpose, seller: campaign.sellerId, dialer: campaign.dialer };
  const { results } = await screenMany(
    ctx,
    { defaults, items },
    { lifeSeconds: permitSeconds.handedOver, handOverId },
  );

  const leave = new Map(
    results.flatMap(({ phone, permit, expiresAt, id }) =>
      phone && permit && expiresAt ? [[phone, { phone, permit, expiresAt, screening: id }]] : [],
    ),
  );
  const calls = people.flatMap(({ ordinal, phones, externalId, language, script, made }) => {
    const given = phones.flatMap((phone) => leave.get(phone) ?? [])[0];
    if (given === undefined) return [];
    // A phone that two people share is called once.
    leave.delete(given.phone);
    const offer = { id: made.offer.id, name: made.offer.name };
    return { ordinal, made, call: { ...given, contact: externalId, language, script, offer } };
  });
  await confirmHolds(ctx, handOverId, {
    looked,
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
      calls.map(({ ordinal, made }) => ({ ordinal, ...made })),
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
    leftOut: looked.length - calls.length,
    page: cursor,
    next,
  };
};

/** Fills scripts for everyone who is not held back. */
async function fillChosenScripts(
  ctx: TransactionContext,
  speaker: Parameters<typeof fillScripts>[1],
  chosen: ReadonlyMap<number, ChosenOffer>,
) {
  const called = [...chosen].filter(([, { isHeldBack }]) => !isHeldBack);
  const offers = new Map(called.map(([ordinal, { offer }]) => [ordinal, offer]));
  const listeners = await fillScripts(ctx, speaker, offers);
  return listeners.flatMap((listener) => {
    const made = chosen.get(listener.ordinal);
    return made === undefined ? [] : [{ ...listener, made }];
  });
}

/** Pages get short if more people than this are taken by others or have answered. */
const LOOKED_AT = 2_000;

type CampaignKeyOrId = Parameters<typeof loadCampaign>[1];
/** The action and its reason, for the audit log. */
type HandOverAction = { action: Action; reason?: string | null };

/**
 * Takes the next people of a hand-over and holds them for some minutes. The cost does not grow with the
 * audience: it looks at a limited number of members after the cursor, as of now.
 */
async function takeNextPeople(
  ctx: TransactionContext,
  by: CampaignKeyOrId,
  { after, limit }: HandOverCalls,
  { action, reason = null }: HandOverAction,
) {
  const { db, organizationId } = ctx;
  const campaign = await loadCampaign(ctx, by);
  if (campaign.state !== "running") {
    throw new ServiceError("conflict", { key: "campaign.not-running" });
  }
  const grounds = await loadReviewedPlan(ctx, campaign);
  for (const id of grounds.segmentIds) await assertCurrentMembers(ctx, id, grounds.segments);
  const [handOverId, from] =
    after === undefined
      ? [await beginHandOver(ctx, campaign, reason), 0]
      : await continueHandOver(ctx, campaign, after);

  const { segmentId } = campaign;
  const [only, ...more] = grounds.offers;
  const which = { segmentId, within: more.length === 0 ? (only?.eligibility ?? null) : null };
  const found = await loadMembersAfter(ctx, which, { after: from, limit: LOOKED_AT });
  const { ordinals, offers } = await findAvailable(ctx, campaign, grounds, found.people);
  const open = await findUnheld(ctx, handOverId, ordinals);
  const looked = open.slice(0, limit);
  const next = open.length > limit ? (looked.at(-1) ?? null) : found.next;
  const { ordinals: held, before, at } = await holdPeople(ctx, handOverId, looked);

  const speaker = await loadSpeaker(ctx, campaign);
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
    /** Offers available to each person who is held. */
    offers: new Map(held.map((ordinal) => [ordinal, offers.get(ordinal) ?? []])),
    cursor: cursor(from),
    next: next === null ? null : cursor(next),
  };
}

async function beginHandOver(
  { db, organizationId, actor, now }: TransactionContext,
  { id: campaignId }: StoredCampaign,
  reason: string | null,
): Promise<string> {
  const nobody = { people: 0, calls: 0 };
  const { id } = await db.campaignHandOver.create({
    data: { organizationId, campaignId, ...nobody, reason, at: now, actor: toStoredActor(actor) },
  });
  return id;
}

/** Continues a hand-over. Only its creator may, because anyone else would get the same people. */
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
