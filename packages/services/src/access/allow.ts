import { type Action, may } from "@ringfence/core/access";
import type { SellerId } from "@ringfence/core/ids";
import type { ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";

/** The first line of every verb, so that no door can forget to ask. */
export function allow({ actor }: ServiceContext, action: Action) {
  if (may(actor, action)) return;
  throw new ServiceError("forbidden", { key: "error.forbidden", values: { action } });
}

/** An agent or marketer who is limited to some sellers does not act for the others. */
export function allowSeller({ actor }: ServiceContext, sellerId: SellerId) {
  if (actor.type !== "member" || actor.sellerIds.length === 0) return;
  if (actor.sellerIds.includes(sellerId)) return;
  throw new ServiceError("forbidden", { key: "error.seller-not-yours" });
}
