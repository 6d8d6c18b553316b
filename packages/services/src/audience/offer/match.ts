import {
  type RootContext,
  ServiceError,
  type TransactionContext,
  allowSeller,
  appendAudit,
  canSeeSeller,
  inAnalysisTransaction,
  query,
} from "../../platform/internal.ts";
import type { OfferId, SegmentId, SellerId } from "@ringfence/core/ids";
import { Locale } from "@ringfence/core/platform/message";
import { MatchOffers, compareFit, isBelowThreshold } from "@ringfence/core/audience/offer";
import { Phone } from "@ringfence/core/people/phone";
import { findSeller } from "@ringfence/core/account/seller";
import { type EndStep, findEndStep, furtherStep } from "@ringfence/core/audience/segment";
import { previewCall } from "../../calling/screening/internal.ts";
import { loadSegments, maySeeRule } from "../segment/internal.ts";
import { type KnownSeller, loadSellers } from "../../account/seller/internal.ts";
import { findEligibleOffers } from "./eligibility.ts";
import { type OfferVersion, loadOffers } from "./offer.ts";
import {
  HistoryTrait,
  computeTraits,
  describeDriver,
  findDrivers,
  predictChance,
} from "@ringfence/core/audience/relevance";
import type { PurposeKey } from "@ringfence/core/account/purpose";
import {
  findThreshold,
  listVisibleDrivers,
  loadPersonFacts,
  loadRelevanceInForce,
} from "../relevance/internal.ts";

/** Without a named seller, no more than this many are checked. */
const MAX_SELLERS = 10;

/** An offer, and whether a call could make it now. */
export type MatchedOffer = ScoredOffer & {
  /**
   * `open`: a call may make it now; `held-back`: allowed, but below the threshold; `not-for-them`: not eligible;
   * `no-call`: such a call is not allowed now.
   */
  standing: "open" | "held-back" | "not-for-them" | "no-call";
};

/**
 * Matches the organization's offers to a person, for calls of each seller: those that can be made now by
 * fit, with reasons, then the others and why not. People who opted out of profiling have no scores, so
 * priority decides. Viewing is recorded first.
 */
export const matchOffers = query({
  name: "matchOffers",
  action: "offer.read",
  input: MatchOffers.extend({ locale: Locale }),
  transaction: "by run",
  run: async (ctx, { locale, ...request }) => {
    const { sellers, phones, offers, isProfiled, isLearned } = await inAnalysisTransaction(
      ctx,
      (ctx) => loadMatch(ctx, request, locale),
    );
    const matched = [];
    for (const seller of sellers) {
      const stepByPurpose = new Map<string, EndStep>();
      for (const { purpose } of offers) {
        if (!stepByPurpose.has(purpose)) {
          stepByPurpose.set(
            purpose,
            await screenPhones(ctx, phones, { seller: seller.id, purpose }),
          );
        }
      }
      const sellerOffers = offers.map(({ isEligible, ...offer }): MatchedOffer => {
        const isCallable = stepByPurpose.get(offer.purpose) === "callable";
        return { ...offer, standing: decideStanding(offer, isEligible, isCallable) };
      });
      matched.push({
        seller: { key: seller.key, name: seller.name },
        offers: sellerOffers.toSorted(compareOffers),
      });
    }
    return { sellers: matched, isProfiled, isLearned };
  },
  audit: "by run",
});

async function loadMatch(
  ctx: TransactionContext,
  { contactId, seller }: MatchOffers,
  locale: Locale,
) {
  const { db, organizationId } = ctx;
  const contact = await db.contact.findFirst({
    where: { organizationId, id: contactId, erasedAt: null },
    select: { ordinal: true, phones: { select: { phone: true } } },
  });
  if (contact === null) throw new ServiceError("not-found", { key: "contact.not-found" });
  const sellers = findSellers(ctx, await loadSellers(ctx), seller);
  await appendAudit(ctx, "offer.read", { contactId });

  const segments = await loadSegments(ctx);
  const offers = (await loadOffers(ctx)).filter(
    ({ isArchived, eligibility }) => !isArchived && mayReveal(ctx, segments, eligibility),
  );
  const { ordinal } = contact;
  const eligible = await findEligibleOffers(ctx, segments, offers, [ordinal]);
  const eligibleIds = new Set(eligible.get(ordinal)?.map(({ id }) => id));
  const { scored, ...scoring } = await scoreOffers(ctx, ordinal, offers, locale);
  return {
    ...scoring,
    sellers,
    phones: contact.phones.flatMap(({ phone: { e164 } }) =>
      e164 === null ? [] : Phone.parse(e164),
    ),
    offers: scored.map((offer) => ({ ...offer, isEligible: eligibleIds.has(offer.id) })),
  };
}

/**
 * True if the actor may learn whether a person is in an offer's segment, which could reveal consents to sellers that
 * the actor does not work for.
 */
function mayReveal(
  { actor }: TransactionContext,
  segments: Awaited<ReturnType<typeof loadSegments>>,
  eligibility: SegmentId | null,
): boolean {
  const rule = eligibility && segments.get(eligibility)?.rule;
  return !rule || maySeeRule(actor, rule, segments);
}

/** Finds the named seller, or all that the member works for. */
function findSellers(ctx: TransactionContext, all: KnownSeller[], named: string | undefined) {
  if (named === undefined) {
    return all.filter(({ id }) => canSeeSeller(ctx.actor, id)).slice(0, MAX_SELLERS);
  }
  const { seller, fault } = findSeller(all, named);
  if (fault) throw new ServiceError("invalid-field", fault, "/seller");
  allowSeller(ctx, seller.id);
  return [seller];
}

/** Screens a call to each phone and returns the furthest step reached, `number` without phones. Nothing is recorded. */
async function screenPhones(
  ctx: RootContext,
  phones: readonly Phone[],
  call: { seller: SellerId; purpose: string },
): Promise<EndStep> {
  let step: EndStep = "number";
  for (const phone of phones) {
    const { answer } = await previewCall(ctx, { phone }, { ...call, dialer: undefined });
    step = furtherStep(step, findEndStep(answer));
  }
  return step;
}

function decideStanding(offer: ScoredOffer, isEligible: boolean, isCallable: boolean) {
  if (!isEligible) return "not-for-them";
  if (!isCallable) return "no-call";
  return isBelowThreshold(offer) === true ? "held-back" : "open";
}

const standingOrder = ["open", "held-back", "no-call", "not-for-them"] as const;
const compareOffers = (a: MatchedOffer, b: MatchedOffer) =>
  standingOrder.indexOf(a.standing) - standingOrder.indexOf(b.standing) || compareFit(a, b);

/** More are not worth reading. */
const MAX_DRIVERS = 3;

/** An offer with its chance for a person. Null without a score. */
type ScoredOffer = {
  id: OfferId;
  name: string;
  purpose: PurposeKey;
  priority: number;
  chance: number | null;
  /** Calls below it are held back. Null holds nobody back. */
  threshold: number | null;
  /** Reasons that set this chance apart from the average, in words. */
  drivers: string[];
};

/**
 * Scores offers for a person. `isLearned`: by the organization's own model rather than the default weights.
 */
async function scoreOffers(
  ctx: TransactionContext,
  ordinal: number,
  offers: readonly OfferVersion[],
  locale: Locale,
): Promise<{ scored: ScoredOffer[]; isProfiled: boolean; isLearned: boolean }> {
  const inForce = await loadRelevanceInForce(ctx);
  const { model, standing } = inForce;
  const [person] = await loadPersonFacts(ctx, [ordinal]);
  const scored = offers.map(({ id, name, purpose, priority }) => {
    const offer = { id, name, purpose, priority, threshold: findThreshold(inForce, id) };
    if (person === undefined) return { ...offer, chance: null, drivers: [] };
    const traits = computeTraits(person, ctx.now, id);
    const drivers = listVisibleDrivers(ctx.actor, findDrivers(model, traits)).slice(0, MAX_DRIVERS);
    const withOffer = { ...traits, [HistoryTrait.offer]: name };
    return {
      ...offer,
      chance: predictChance(model, traits),
      drivers: drivers.map((driver) => describeDriver(locale, driver, withOffer)),
    };
  });
  return { scored, isProfiled: person !== undefined, isLearned: standing === "model" };
}
