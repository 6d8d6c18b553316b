import type { Actor } from "@ringfence/core/access";
import type { PurposeKey } from "@ringfence/core/purpose";
import { ServiceError } from "../errors.ts";
import type { Settings } from "./read-facts.ts";

/**
 * What a call is taken to be where nobody says: of the first seller that the actor works for, and
 * about the first thing that is advertised.
 */
export function usualCall(
  actor: Actor,
  { sellers, purposes }: Settings,
): { seller: string; purpose: PurposeKey } {
  const isTheirs = (id: string) =>
    actor.type !== "member" ||
    actor.sellerIds.length === 0 ||
    actor.sellerIds.some((own) => own === id);
  const seller = sellers?.find(({ id }) => isTheirs(id)) ?? sellers?.[0];
  if (seller === undefined) throw new ServiceError("invalid", { key: "seller.none" });

  const purpose = purposes?.find(({ kind }) => kind === "promotional") ?? purposes?.[0];
  if (purpose === undefined) throw new ServiceError("invalid", { key: "purpose.none" });
  return { seller: seller.key, purpose: purpose.key };
}
