import type { Actor } from "@ringfence/core/platform/access";
import type { SellerId } from "@ringfence/core/ids";

/** True if an actor works for a seller and may see its rows. */
export const seesSeller = (actor: Actor, sellerId: SellerId): boolean =>
  sellersSeenBy(actor)?.includes(sellerId) ?? true;

/** The sellers for whom an actor acts, and whose rows they see; null is all. */
export function sellersSeenBy(actor: Actor): readonly SellerId[] | null {
  if (actor.type !== "member" && actor.type !== "key") return null;
  const { sellerIds = [] } = actor;
  return sellerIds.length > 0 ? sellerIds : null;
}
