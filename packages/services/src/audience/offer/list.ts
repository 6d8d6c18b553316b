import { type Archival, ServiceError, query, readArchived } from "../../platform/internal.ts";
import { findHiddenSegments, loadSegments } from "../segment/internal.ts";
import { type OfferVersion, loadOffers } from "./offer.ts";
import { OfferReference } from "@ringfence/core/audience/offer";

/** Lists the offers by name, without archived ones. */
export const listOffers = query({
  name: "listOffers",
  action: "offer.read",
  run: async (ctx) => {
    const segments = await loadSegments(ctx);
    const hidden = await findHiddenSegments(ctx);
    const offers = (await loadOffers(ctx)).filter(({ isArchived }) => !isArchived);
    return offers.map(({ id, name, version, purpose, eligibility, priority, scripts }) => ({
      id,
      name,
      version,
      purpose,
      eligibility,
      priority,
      scripts,
      /**
       * Name of the segment it is available to. Null for everyone, or if the actor may not see the segment.
       */
      eligibilityName:
        eligibility && !hidden.has(eligibility) ? (segments.get(eligibility)?.name ?? null) : null,
    }));
  },
  audit: "none",
});

export type OfferListItem = Awaited<ReturnType<typeof listOffers>>[number];

export type OfferDetails = Omit<OfferVersion, "isArchived"> & { archived: Archival | null };

/** Reads the current version of an offer. Also reads archived ones. */
export const readOffer = query({
  name: "readOffer",
  action: "offer.read",
  input: OfferReference,
  run: async (ctx, { offerId }): Promise<OfferDetails> => {
    const { db, organizationId } = ctx;
    const row = await db.offer.findFirst({ where: { organizationId, id: offerId } });
    const [offer] = await loadOffers(ctx, { id: offerId });
    if (row === null || offer === undefined) {
      throw new ServiceError("not-found", { key: "offer.not-found" });
    }
    const { isArchived: _, ...seen } = offer;
    const findArchived = await readArchived(ctx, [row]);
    return { ...seen, archived: findArchived(row) };
  },
  audit: "none",
});
