import { query } from "../../platform/verb.ts";
import { z } from "zod";
import type { SegmentId, SellerId } from "@ringfence/core/ids";
import type { Locale } from "@ringfence/core/platform/message";
import { type MatchOffers, byFit, isBelow } from "@ringfence/core/audience/offer";
import { Phone } from "@ringfence/core/people/phone";
import { findSeller } from "@ringfence/core/account/seller";
import { further, type Place, placeOf } from "@ringfence/core/audience/segment";
import { allowSeller } from "../../platform/access/allow.ts";
import { seesSeller } from "../../platform/access/sellers-seen-by.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { RootContext, TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { lookAtCall } from "../../calling/screening/look-at-call.ts";
import { seesRule } from "../segment/allow-rule.ts";
import { inAnalysis } from "../segment/in-analysis.ts";
import { knownSegmentsOf } from "../segment/known-segments-of.ts";
import { type KnownSeller, sellersOf } from "../../account/seller/sellers-of.ts";
import { offersFor } from "./offers-for.ts";
import { offersOf } from "./offers-of.ts";
import { type WeighedOffer, weighOffers } from "./weigh-offers.ts";

/** More sellers are not asked about at once. */
const MOST_SELLERS = 10;

/** An offer, and whether it could be made to a person by a call now; `best`: it is the one that fits best. */
export type MatchedOffer = WeighedOffer & {
  /** `not-for-them`: by its eligibility; `no-call`: such a call may not be placed now. */
  standing: "open" | "held-back" | "not-for-them" | "no-call";
};

/**
 * The offers of an organization to a person, for calls of each seller: those that could be made now, the one
 * that fits best first, with what speaks for it in words, and then the others and why not. Who refused
 * profiling has no chances, and priority decides. Who looked is on record before they see it.
 */
export const matchOffers = query({
  name: "matchOffers",
  action: "offer.read",
  input: z.custom<MatchOffers & { locale: Locale }>(),
  transaction: "by run",
  run: async (ctx, { locale, ...asked }) => {
    const { sellers, phones, offers, isProfiled, isLearned } = await inAnalysis(ctx, (ctx) =>
      known(ctx, asked, locale),
    );
    const matched = [];
    for (const seller of sellers) {
      const places = new Map<string, Place>();
      for (const { purpose } of offers) {
        if (!places.has(purpose)) {
          places.set(purpose, await placeOfCall(ctx, phones, { seller: seller.id, purpose }));
        }
      }
      const own = offers.map(({ isEligible, ...offer }): MatchedOffer => {
        const isCallable = places.get(offer.purpose) === "callable";
        return { ...offer, standing: standingOf(offer, isEligible, isCallable) };
      });
      matched.push({
        seller: { key: seller.key, name: seller.name },
        offers: own.toSorted(inOrder),
      });
    }
    return { sellers: matched, isProfiled, isLearned };
  },
  audit: "by run",
});

async function known(ctx: TransactionContext, { contactId, seller }: MatchOffers, locale: Locale) {
  const { db, organizationId } = ctx;
  const contact = await db.contact.findFirst({
    where: { organizationId, id: contactId, erasedAt: null },
    select: { ordinal: true, phones: { select: { phone: true } } },
  });
  if (contact === null) throw new ServiceError("not-found", { key: "contact.not-found" });
  const sellers = sellersAsked(ctx, await sellersOf(ctx), seller);
  await appendAudit(ctx, "offer.read", { contactId });

  const segments = await knownSegmentsOf(ctx);
  const offers = (await offersOf(ctx)).filter(
    ({ isArchived, eligibility }) => !isArchived && mayTell(ctx, segments, eligibility),
  );
  const { ordinal } = contact;
  const eligible = await offersFor(ctx, segments, offers, [ordinal]);
  const mayHave = new Set(eligible.get(ordinal)?.map(({ id }) => id));
  const { weighed, ...how } = await weighOffers(ctx, ordinal, offers, locale);
  return {
    ...how,
    sellers,
    phones: contact.phones.flatMap(({ phone: { e164 } }) =>
      e164 === null ? [] : Phone.parse(e164),
    ),
    offers: weighed.map((offer) => ({ ...offer, isEligible: mayHave.has(offer.id) })),
  };
}

/** Whether a person is in the segment of an offer would tell who works for some sellers of the consents to others. */
function mayTell(
  { actor }: TransactionContext,
  segments: Awaited<ReturnType<typeof knownSegmentsOf>>,
  eligibility: SegmentId | null,
): boolean {
  const rule = eligibility && segments.get(eligibility)?.rule;
  return !rule || seesRule(actor, rule, segments);
}

/** The one that is named, or those whom the member works for. */
function sellersAsked(ctx: TransactionContext, all: KnownSeller[], named: string | undefined) {
  if (named === undefined) {
    return all.filter(({ id }) => seesSeller(ctx.actor, id)).slice(0, MOST_SELLERS);
  }
  const { seller, fault } = findSeller(all, named);
  if (fault) throw new ServiceError("invalid-field", fault, "/seller");
  allowSeller(ctx, seller.id);
  return [seller];
}

/** How far a call now would come, by the phone that comes furthest. Nothing is put on record. */
async function placeOfCall(
  ctx: RootContext,
  phones: readonly Phone[],
  call: { seller: SellerId; purpose: string },
): Promise<Place> {
  let place: Place = "number";
  for (const phone of phones) {
    const { answer } = await lookAtCall(ctx, { phone }, { ...call, dialer: undefined });
    place = further(place, placeOf(answer));
  }
  return place;
}

function standingOf(offer: WeighedOffer, isEligible: boolean, isCallable: boolean) {
  if (!isEligible) return "not-for-them";
  if (!isCallable) return "no-call";
  return isBelow(offer) === true ? "held-back" : "open";
}

const order = ["open", "held-back", "no-call", "not-for-them"] as const;
const inOrder = (a: MatchedOffer, b: MatchedOffer) =>
  order.indexOf(a.standing) - order.indexOf(b.standing) || byFit(a, b);
