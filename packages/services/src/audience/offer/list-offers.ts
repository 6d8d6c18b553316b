import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { knownSegmentsOf } from "../segment/known-segments-of.ts";
import { offersOf } from "./offers-of.ts";

/** The offers of an organization by name, but for those that were archived. */
export async function listOffers(ctx: ServiceContext) {
  allow(ctx, "offer.read");

  return inTransaction(ctx, async (ctx) => {
    const segments = await knownSegmentsOf(ctx);
    const offers = (await offersOf(ctx)).filter(({ isArchived }) => !isArchived);
    return offers.map(({ id, name, version, purpose, eligibility, priority, scripts }) => ({
      id,
      name,
      version,
      purpose,
      eligibility,
      priority,
      scripts,
      /** What the segment is called to which it may be made; null where that is everybody. */
      eligibilityName: eligibility && (segments.get(eligibility)?.name ?? null),
    }));
  });
}

export type OfferListed = Awaited<ReturnType<typeof listOffers>>[number];
