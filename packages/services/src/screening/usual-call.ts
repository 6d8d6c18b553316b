import type { Actor } from "@ringfence/core/access";
import type { PurposeKey } from "@ringfence/core/purpose";
import { sellersSeenBy } from "../access/sellers-seen-by.ts";
import { ServiceError } from "../errors.ts";
import type { Settings } from "./facts-row.ts";

/**
 * What a call is taken to be where nobody says: of the first seller that the actor works for, and
 * about the first thing that is advertised.
 */
export function usualCall(
  actor: Actor,
  { sellers, purposes }: Settings,
): { seller: string; purpose: PurposeKey } {
  const theirs = sellersSeenBy(actor);
  const seller = sellers?.find(({ id }) => theirs?.includes(id) ?? true) ?? sellers?.[0];
  if (seller === undefined) throw new ServiceError("invalid", { key: "seller.none" });

  const purpose = purposes?.find(({ kind }) => kind === "promotional") ?? purposes?.[0];
  if (purpose === undefined) throw new ServiceError("invalid", { key: "purpose.none" });
  return { seller: seller.key, purpose: purpose.key };
}
