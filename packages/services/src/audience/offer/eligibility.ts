import type { KnownSegments } from "@ringfence/core/audience/segment";
import type { TransactionContext } from "../../platform/context.ts";
import { membersAmong, withoutRefusers } from "../segment/members.ts";
import type { KnownOffer } from "./offer.ts";

/**
 * Of some offers, those that may be made to each of some people by their eligibility, as of its last
 * refresh; who refuses profiling is made none that is for people of some behavior. Whom none may be made
 * to is left out.
 */
export async function offersFor(
  ctx: TransactionContext,
  segments: KnownSegments,
  offers: readonly KnownOffer[],
  ordinals: readonly number[],
): Promise<Map<number, KnownOffer[]>> {
  const found = new Map(ordinals.map((ordinal): [number, KnownOffer[]] => [ordinal, []]));
  for (const offer of offers) {
    const { eligibility } = offer;
    const members =
      eligibility === null ? ordinals : await membersAmong(ctx, eligibility, ordinals);
    const rules = (eligibility && segments.get(eligibility)?.rule) ?? null;
    const eligible = await withoutRefusers(ctx, rules === null ? [] : [rules], segments, members);
    for (const ordinal of eligible) found.get(ordinal)?.push(offer);
  }
  return new Map([...found].filter(([, own]) => own.length > 0));
}
