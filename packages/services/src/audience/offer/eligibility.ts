import type { KnownSegments } from "@ringfence/core/audience/segment";
import type { TransactionContext } from "../../platform/internal.ts";
import { filterMembers, withoutBarredPeople } from "../segment/internal.ts";
import type { OfferVersion } from "./offer.ts";

/**
 * Finds the offers that each person is eligible for, as of the last refresh of the offers' segments. People
 * who opted out of profiling are eligible for none whose segment uses behavior. People without any offer are left
 * out.
 */
export async function findEligibleOffers(
  ctx: TransactionContext,
  segments: KnownSegments,
  offers: readonly OfferVersion[],
  ordinals: readonly number[],
): Promise<Map<number, OfferVersion[]>> {
  const found = new Map(ordinals.map((ordinal): [number, OfferVersion[]] => [ordinal, []]));
  for (const offer of offers) {
    const { eligibility } = offer;
    const members =
      eligibility === null ? ordinals : await filterMembers(ctx, eligibility, ordinals);
    const rule = (eligibility && segments.get(eligibility)?.rule) ?? null;
    const eligible = await withoutBarredPeople(ctx, rule === null ? [] : [rule], segments, members);
    for (const ordinal of eligible) found.get(ordinal)?.push(offer);
  }
  return new Map([...found].filter(([, eligibleOffers]) => eligibleOffers.length > 0));
}
