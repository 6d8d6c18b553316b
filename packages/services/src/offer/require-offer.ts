import type { TransactionContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { type KnownOffer, offersOf } from "./offers-of.ts";

/** An offer that is in use, by its version in force; or one by the version that was looked at. */
export async function requireOffer(
  ctx: TransactionContext,
  id: string,
  version: number | null = null,
): Promise<KnownOffer> {
  const [offer] = await offersOf(ctx, { id, version });
  if (offer === undefined || (version === null && offer.isArchived)) {
    throw new ServiceError("not-found", { key: "offer.not-found" });
  }
  return offer;
}
