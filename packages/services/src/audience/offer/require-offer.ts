import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { type KnownOffer, offersOf } from "./offers-of.ts";

/** An offer that is not archived, by its version in force; or any by the version that was looked at. */
export async function requireOffer(
  ctx: TransactionContext,
  id: string,
  version: number | null = null,
  { isArchivedToo = false } = {},
): Promise<KnownOffer> {
  const [offer] = await offersOf(ctx, { id, version });
  if (offer === undefined || (version === null && offer.isArchived && !isArchivedToo)) {
    throw new ServiceError("not-found", { key: "offer.not-found" });
  }
  return offer;
}
