import type { HandedOver, HandOverCalls } from "@ringfence/core/campaign";
import { inTransaction, type RootContext } from "../context.ts";
import { heldBack } from "../relevance/held-back.ts";
import { permitSeconds } from "../screening/permit.ts";
import { screenMany } from "../screening/screen-many.ts";
import { keepGiven } from "./handed-phones.ts";
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
  const { campaign, purpose, sellerKey, handOverId, page, looked, before, at, cursor, next } =
    taken;
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
  const calls = people.flatMap(({ ordinal, phones, externalId, language, script }) => {
    const given = phones.flatMap((phone) => leave.get(phone) ?? [])[0];
    if (given === undefined) return [];
    // Two who share a phone are called on it once.
    leave.delete(given.phone);
    return { ordinal, call: { ...given, contact: externalId, language, script } };
  });
  await keepGiven(ctx, handOverId, {
    looked,
    before,
    at,
    given: calls.map(({ ordinal }) => ordinal),
    until: calls[0]?.call.expiresAt ?? null,
  });
  const { organizationId } = ctx;
  await ctx.db.prisma.campaignHandOver.updateMany({
    where: { organizationId, id: handOverId },
    data: { calls: { increment: calls.length } },
  });
  const { key, name, dialer, callerNumber, label } = campaign;
  return {
    campaign: { key, name, seller: sellerKey, purpose, dialer, callerNumber, label },
    items: calls.map(({ call }) => call),
    leftOut: looked.length - calls.length,
    page: cursor,
    next,
  };
};
