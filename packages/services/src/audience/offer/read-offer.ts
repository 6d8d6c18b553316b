import { query } from "../../platform/verb.ts";
import { AskOffer } from "@ringfence/core/audience/offer";
import { type Archived, readArchived } from "../../platform/archive/archived-item.ts";
import { ServiceError } from "../../platform/errors.ts";
import { type KnownOffer, offersOf } from "./offers-of.ts";

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
