import { query } from "../../platform/verb.ts";
import { z } from "zod";
import type { OfferId, SegmentId, SellerId } from "@ringfence/core/ids";
import type { Locale } from "@ringfence/core/platform/message";
import { type MatchOffers, byFit, isBelow } from "@ringfence/core/audience/offer";
import { Phone } from "@ringfence/core/people/phone";
import { findSeller } from "@ringfence/core/account/seller";
import { type Place, further, placeOf } from "@ringfence/core/audience/segment";
import { allowSeller } from "../../platform/access/allow.ts";
import { seesSeller } from "../../platform/access/sellers-seen-by.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { RootContext, TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { lookAtCall } from "../../calling/screening/screen-call.ts";
import { knownSegmentsOf, seesRule } from "../segment/segment.ts";
import { inAnalysis } from "../segment/in-analysis.ts";
import { type KnownSeller, sellersOf } from "../../account/seller/sellers-of.ts";
import { offersFor } from "./eligibility.ts";
import { type KnownOffer, offersOf } from "./offer.ts";
import {
  HistoryTrait,
  chanceOf,
  driversOf,
  tellDriver,
  traitsBefore,
} from "@ringfence/core/audience/relevance";
import type { PurposeKey } from "@ringfence/core/account/purpose";
import { knownPeople } from "../relevance/person-facts.ts";
import { relevanceInForce, thresholdOf } from "../relevance/in-force.ts";
import { seenDrivers } from "../relevance/score.ts";

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

/** More are read by nobody. */
const MOST_DRIVERS = 3;

/** An offer with how well it fits a person: `chance` is null of who has no score. */
type WeighedOffer = {
  id: OfferId;
  name: string;
  purpose: PurposeKey;
  priority: number;
  chance: number | null;
  /** Below which it is held back; null holds nobody back. */
  threshold: number | null;
  /** What makes this chance differ from the usual one, in words. */
  drivers: string[];
};

/**
 * How well each of some offers fits a person; `isLearned`: by a model of the organization's own calls, and
 * not by documented weights.
 */
async function weighOffers(
  ctx: TransactionContext,
  ordinal: number,
  offers: readonly KnownOffer[],
  locale: Locale,
): Promise<{ weighed: WeighedOffer[]; isProfiled: boolean; isLearned: boolean }> {
  const inForce = await relevanceInForce(ctx);
  const { model, standing } = inForce;
  const [person] = await knownPeople(ctx, [ordinal]);
  const weighed = offers.map(({ id, name, purpose, priority }) => {
    const offer = { id, name, purpose, priority, threshold: thresholdOf(inForce, id) };
    if (person === undefined) return { ...offer, chance: null, drivers: [] };
    const traits = traitsBefore(person, ctx.now, id);
    const drivers = seenDrivers(ctx.actor, driversOf(model, traits)).slice(0, MOST_DRIVERS);
    const told = { ...traits, [HistoryTrait.offer]: name };
    return {
      ...offer,
      chance: chanceOf(model, traits),
      drivers: drivers.map((driver) => tellDriver(locale, driver, told)),
    };
  });
  return { weighed, isProfiled: person !== undefined, isLearned: standing === "model" };
}
