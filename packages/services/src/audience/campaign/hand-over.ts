import type { HandedOver, HandOverCalls } from "@ringfence/core/audience/campaign";
import {
  inTransaction,
  type RootContext,
  type TransactionContext,
} from "../../platform/context.ts";
import { permitSeconds } from "../../calling/screening/permit.ts";
import { screenMany } from "../../calling/screening/screen-many.ts";
import { inAnalysis } from "../segment/in-analysis.ts";
import { type Chosen, chooseOffers } from "./choose-offers.ts";
import { keepGiven } from "./handed-phones.ts";
import { keepPeople } from "./keep-people.ts";
import { listenersOf } from "./listeners-of.ts";
import { type By, type Taking, takePage } from "./take-page.ts";

/**
 * A page of the people of a campaign that runs: who may be called at this instant, by one of their phones
 * each, with a permit of five minutes; the others are left out. Until that ends, or their call is on
 * record, nobody else is given them. That they were given is on record before.
 */
export const handOver = async (
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
