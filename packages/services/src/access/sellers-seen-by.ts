import type { Actor } from "@ringfence/core/access";
import type { SellerId } from "@ringfence/core/ids";

/** The sellers whose rows an actor sees; null is all. */
export const sellersSeenBy = (actor: Actor): readonly SellerId[] | null =>
  actor.type === "member" && actor.sellerIds.length > 0 ? actor.sellerIds : null;
