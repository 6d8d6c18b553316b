import "server-only";
import type { CurrentMember } from "@ringfence/services/account/member";
import { api } from "./caller";

/** What a call may be for, as far as it is the member's business. */
export async function choicesOf({ sellerIds }: CurrentMember) {
  const [sellers, purposes] = await Promise.all([api.seller.list(), api.purpose.list()]);
  const isTheirs = ({ id }: (typeof sellers)[number]) =>
    sellerIds.length === 0 || sellerIds.includes(id);
  return { sellers: sellers.filter(isTheirs), purposes };
}
