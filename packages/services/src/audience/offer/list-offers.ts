import { query } from "../../platform/verb.ts";
import { knownSegmentsOf } from "../segment/known-segments-of.ts";
import { segmentsOfOthers } from "../segment/require-seen-segment.ts";
import { offersOf } from "./offers-of.ts";

/** The offers of an organization by name, but for those that were archived. */
export const listOffers = query({
  name: "listOffers",
  action: "offer.read",
  run: async (ctx) => {
    const segments = await knownSegmentsOf(ctx);
    const others = await segmentsOfOthers(ctx);
    const offers = (await offersOf(ctx)).filter(({ isArchived }) => !isArchived);
    return offers.map(({ id, name, version, purpose, eligibility, priority, scripts }) => ({
      id,
      name,
      version,
      purpose,
      eligibility,
      priority,
      scripts,
      /** Name of the segment it may be made to; null if that is everybody, or a segment the actor may not see. */
      eligibilityName:
        eligibility && !others.has(eligibility) ? (segments.get(eligibility)?.name ?? null) : null,
    }));
  },
  audit: "by run",
});

export type OfferListed = Awaited<ReturnType<typeof listOffers>>[number];
