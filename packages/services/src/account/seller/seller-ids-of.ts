import type { SellerId } from "@ringfence/core/ids";
import { findSeller } from "@ringfence/core/account/seller";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { sellersOf } from "./sellers-of.ts";

/** Those that are named; one that is not there would open no seller, or all. */
export async function sellerIdsOf(
  ctx: TransactionContext,
  named: readonly string[] = [],
  path = "/sellers",
): Promise<SellerId[]> {
  const known = await sellersOf(ctx);
  return named.map((keyOrId, index) => {
    const { seller, fault } = findSeller(known, keyOrId);
    if (fault) throw new ServiceError("invalid-field", fault, `${path}/${index}`);
    return seller.id;
  });
}
