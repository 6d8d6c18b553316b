import { command } from "../../platform/verb.ts";
import { z } from "zod";
import {
  ExportCalls,
  type HandOverCalls,
  type HandedOver,
} from "@ringfence/core/audience/campaign";
import {
  type RootContext,
  type TransactionContext,
  inTransaction,
} from "../../platform/context.ts";
import { permitSeconds } from "../../calling/screening/permit.ts";
import { screenMany } from "../../calling/screening/screen-batch.ts";
import { inAnalysis } from "../segment/in-analysis.ts";
import { type Chosen, chooseOffers, keepPeople } from "./choose-offers.ts";
import { holdPeople, keepGiven, notHeldElsewhere } from "./held-phones.ts";
import { listenersOf, speakerOf } from "./script.ts";
import type { Action } from "@ringfence/core/platform/access";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { isActor } from "../../platform/access/is-actor.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import { membersAfter } from "../segment/members.ts";
import { requireFound } from "../segment/segment.ts";
import { freeAmong } from "./audience.ts";
import { type KnownCampaign, requireCampaign } from "./campaign.ts";
import { requireReviewed } from "./review.ts";

/** Gives a dialer the calls of a campaign that runs, page after page, each with its permit. */
export const handOverCalls = command({
  name: "handOverCalls",
  action: "campaign.hand-over",
  input: z.custom<HandOverCalls & { key: string }>(),
  transaction: "by run",
  run: async (ctx, { key, ...page }) => {
    return handOver(ctx, { key }, page, { action: "campaign.hand-over" });
  },
  audit: "by run",
});

const PAGE = 500;

/** The same as a file, to who may take numbers away and says what for: each row ends with its permit. */
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
 * A page of the people of a campaign that runs: who may be called at this instant, by one of their phones
 * each, with a permit of five minutes; the others are left out. Until that ends, or their call is on
 * record, nobody else is given them. That they were given is on record before.
 */
const handOver = async (
  ctx: RootContext,
  by: By,
  asked: HandOverCalls,
  taking: Taking,
): Promise<HandedOver> => {
  const taken = await inTransaction(ctx, (ctx) => takePage(ctx, by, asked, taking));
  const { campaign, speaker, handOverId, looked, before, at, cursor, next } = taken;
  const { purpose, seller } = speaker;
  const chosen = await inAnalysis(ctx, (ctx) => chooseOffers(ctx, campaign.id, taken.offers));
  const people = await inTransaction(ctx, (ctx) => heardBy(ctx, speaker, chosen));
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
    // Two who share a phone are called on it once.
    leave.delete(given.phone);
    const offer = { id: made.offer.id, name: made.offer.name };
    return { ordinal, made, call: { ...given, contact: externalId, language, script, offer } };
  });
  await keepGiven(ctx, handOverId, {
    looked,
    before,
    at,
    given: calls.map(({ ordinal }) => ordinal),
    until: calls[0]?.call.expiresAt ?? null,
  });
  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    await keepPeople(
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

/** Who is not held back, with what they are made and what they would hear. */
async function heardBy(
  ctx: TransactionContext,
  speaker: Parameters<typeof listenersOf>[1],
  chosen: ReadonlyMap<number, Chosen>,
) {
  const called = [...chosen].filter(([, { isHeldBack }]) => !isHeldBack);
  const offers = new Map(called.map(([ordinal, { offer }]) => [ordinal, offer]));
  const listeners = await listenersOf(ctx, speaker, offers);
  return listeners.flatMap((listener) => {
    const made = chosen.get(listener.ordinal);
    return made === undefined ? [] : [{ ...listener, made }];
  });
}

/** A page is short where more than these were taken by others, or have answered. */
const LOOKED_AT = 2_000;

type By = Parameters<typeof requireCampaign>[1];
/** What is done, and what for. */
type Taking = { action: Action; reason?: string | null };

/**
 * The next people of a hand-over, who are its own to call for some minutes. What it costs does not grow
 * with the audience: of the members behind the cursor, who were found at the last refresh, only so many are
 * looked at, each as things stand now.
 */
async function takePage(
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
