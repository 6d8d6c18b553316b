import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { sellersOf } from "./sellers-of.ts";

/** The organization's sellers, by key. */
export async function listSellers(ctx: ServiceContext) {
  allow(ctx, "organization.read");

  return inTransaction(ctx, sellersOf);
}
