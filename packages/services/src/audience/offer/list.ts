import { query } from "../../platform/verb.ts";
import { knownSegmentsOf, segmentsOfOthers } from "../segment/segment.ts";
import { type KnownOffer, offersOf } from "./offer.ts";
import { AskOffer } from "@ringfence/core/audience/offer";
import { type Archived, readArchived } from "../../platform/archive/archived-item.ts";
import { ServiceError } from "../../platform/errors.ts";

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

export type OfferSeen = Omit<KnownOffer, "isArchived"> & { archived: Archived | null };

/** Reads an offer by its version in force, an archived one too. */
export const readOffer = query({
  name: "readOffer",
  action: "offer.read",
  input: AskOffer,
  run: async (ctx, { offerId }): Promise<OfferSeen> => {
    const { db, organizationId } = ctx;
    const row = await db.offer.findFirst({ where: { organizationId, id: offerId } });
    const [offer] = await offersOf(ctx, { id: offerId });
    if (row === null || offer === undefined) {
      throw new ServiceError("not-found", { key: "offer.not-found" });
    }
    const { isArchived: _, ...seen } = offer;
    const findArchived = await readArchived(ctx, [row]);
    return { ...seen, archived: findArchived(row) };
  },
  audit: "by run",
});
