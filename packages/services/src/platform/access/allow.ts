import { type Action, type Actor, may, scopesFor } from "@ringfence/core/platform/access";
import { Phone, maskPhone } from "@ringfence/core/people/phone";
import type { SellerId } from "@ringfence/core/ids";
import type { ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";

/** Asserts that the actor may perform the action. Every verb begins with it (`perform` in `verb.ts`). */
export function allow({ actor }: ServiceContext, action: Action) {
  if (may(actor, action)) return;
  const isCut =
    actor.type === "key" && scopesFor(action).some((scope) => actor.cutScopes?.includes(scope));
  if (isCut) throw new ServiceError("forbidden", { key: "error.key-cut" });
  throw new ServiceError("forbidden", { key: "error.forbidden", values: { action } });
}

/**
 * Asserts that the actor may perform at least one of these actions. The refusal names the first one. An empty list
 * refuses nobody.
 */
export function allowAny(ctx: ServiceContext, actions: readonly Action[]) {
  const action = actions.find((action) => may(ctx.actor, action)) ?? actions[0];
  if (action !== undefined) allow(ctx, action);
}

/** Asserts that the actor acts for the seller. Only agents, marketers and keys can be limited to some sellers. */
export function allowSeller({ actor }: ServiceContext, sellerId: SellerId) {
  if (canSeeSeller(actor, sellerId)) return;
  throw new ServiceError("forbidden", { key: "error.seller-not-yours" });
}

/** True if an actor works for a seller and may see its rows. */
export const canSeeSeller = (actor: Actor, sellerId: SellerId): boolean =>
  visibleSellerIds(actor)?.includes(sellerId) ?? true;

/**
 * Returns the sellers for whom an actor acts and whose rows they see; null for all, and never an empty list. Only
 * members and keys can be limited.
 */
export function visibleSellerIds(actor: Actor): readonly SellerId[] | null {
  if (actor.type !== "member" && actor.type !== "key") return null;
  const { sellerIds = [] } = actor;
  return sellerIds.length > 0 ? sellerIds : null;
}

/** Formats a number in a list: masked, unless the actor may export segments and so take numbers out anyway. */
export const maskPhoneFor = (actor: Actor, e164: string): string => {
  const phone = Phone.parse(e164);
  return may(actor, "segment.export") ? phone : maskPhone(phone);
};
