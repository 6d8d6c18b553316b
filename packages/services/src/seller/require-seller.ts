import { findSeller } from "@ringfence/core/seller";
import type { TransactionContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { type KnownSeller, sellersOf } from "./sellers-of.ts";

/** The seller that a request names by key or id; left out, the organization's only one. */
export const requireSeller = async (
  ctx: TransactionContext,
  keyOrId?: string,
): Promise<KnownSeller> => {
  const { seller, fault } = findSeller(await sellersOf(ctx), keyOrId);
  if (fault) throw new ServiceError("invalid-field", fault, "/seller");
  return seller;
};
