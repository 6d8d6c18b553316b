import type { Actor } from "@ringfence/core/platform/access";
import type { SellerId } from "@ringfence/core/ids";
import type { PurposeKey, PurposeKind } from "@ringfence/core/account/purpose";
import type { SellerKey } from "@ringfence/core/account/seller";
import { sellersSeenBy } from "../../platform/access/sellers-seen-by.ts";
import { ServiceError } from "../../platform/errors.ts";

/** What calls an organization makes, as far as they have names. */
type Known = {
  sellers: readonly { id: SellerId; key: SellerKey }[] | null;
  purposes: readonly { key: PurposeKey; kind: PurposeKind }[] | null;
};

/** A call as far as somebody names it: the key or the id of a seller, and the key of a purpose. */
type Named = { seller?: string | undefined; purpose?: PurposeKey | undefined };

/**
 * What a call is taken to be where nobody says: of the first seller that the actor works for, and
 * about the first thing that is advertised.
 */
export function usualCall(
  actor: Actor,
  { sellers, purposes }: Known,
  named: Named = {},
): { seller: string; purpose: PurposeKey } {
  const theirs = sellersSeenBy(actor);
  const seller = sellers?.find(({ id }) => theirs?.includes(id) ?? true) ?? sellers?.[0];
  if (seller === undefined) throw new ServiceError("invalid", { key: "seller.none" });

  const purpose = purposes?.find(({ kind }) => kind === "promotional") ?? purposes?.[0];
  if (purpose === undefined) throw new ServiceError("invalid", { key: "purpose.none" });
  return { seller: named.seller ?? seller.key, purpose: named.purpose ?? purpose.key };
}
