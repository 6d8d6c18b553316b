import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { sellersOf } from "./sellers-of.ts";

/** The organization's sellers, by key. */
export async function listSellers(ctx: ServiceContext) {
  allow(ctx, "organization.read");

  return inTransaction(ctx, sellersOf);
}
