import "server-only";
import type { CurrentMember } from "@ringfence/services/account/member";
import { api } from "./caller";

/** Loads the sellers and purposes that a member may choose for a call. */
export async function loadChoices({ sellerIds }: CurrentMember) {
  const [sellers, purposes] = await Promise.all([api.seller.list(), api.purpose.list()]);
  const isTheirs = ({ id }: (typeof sellers)[number]) =>
    sellerIds.length === 0 || sellerIds.includes(id);
  return { sellers: sellers.filter(isTheirs), purposes };
}
