import { type Action, may, scopesFor } from "@ringfence/core/platform/access";
import type { SellerId } from "@ringfence/core/ids";
import type { ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { seesSeller } from "./sellers-seen-by.ts";

/** The first line of every verb, so that no door can forget to ask. */
export function allow({ actor }: ServiceContext, action: Action) {
  if (may(actor, action)) return;
  const isCut =
    actor.type === "key" && scopesFor(action).some((scope) => actor.cutScopes?.includes(scope));
  if (isCut) throw new ServiceError("forbidden", { key: "error.key-cut" });
  throw new ServiceError("forbidden", { key: "error.forbidden", values: { action } });
}

/** An agent or marketer, or a key, that is limited to some sellers does not act for the others. */
export function allowSeller({ actor }: ServiceContext, sellerId: SellerId) {
  if (seesSeller(actor, sellerId)) return;
  throw new ServiceError("forbidden", { key: "error.seller-not-yours" });
}
