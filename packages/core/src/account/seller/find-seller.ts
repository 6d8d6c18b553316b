import type { SellerId } from "../../platform/ids.ts";
import type { Message } from "../../platform/message/index.ts";
import type { SellerKey } from "./seller.ts";

type Named = { id: SellerId; key: SellerKey };

export type FoundSeller<S> = { seller: S; fault?: never } | { fault: Message; seller?: never };

/** The seller of a key or id; left out, the only one there is (contract 7). */
export function findSeller<S extends Named>(
  sellers: readonly S[],
  keyOrId: string | undefined,
): FoundSeller<S> {
  const known = sellers.map(({ key }) => key).join(", ");
  if (keyOrId === undefined) {
    const [seller, another] = sellers;
    if (seller && !another) return { seller };
    return {
      fault: seller ? { key: "seller.several", values: { known } } : { key: "seller.none" },
    };
  }
  const seller = sellers.find(({ id, key }) => key === keyOrId || id === keyOrId);
  return seller
    ? { seller }
    : { fault: { key: "seller.unknown", values: { seller: keyOrId, known } } };
}
