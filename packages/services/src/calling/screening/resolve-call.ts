import { type PurposeKey, type PurposeKind, findPurpose } from "@ringfence/core/account/purpose";
import type { ScreenCall, ScreeningFacts } from "@ringfence/core/calling/screening";
import type { Dialer } from "@ringfence/core/account/organization";
import { type SellerKey, findSeller } from "@ringfence/core/account/seller";
import { ServiceError, visibleSellerIds } from "../../platform/internal.ts";
import type { Settings } from "./facts-row.ts";
import { permitSeconds } from "./permit.ts";
import type { Actor } from "@ringfence/core/platform/access";
import type { SellerId } from "@ringfence/core/ids";

/** A call whose seller, purpose and dialer are known ones. */
export type ResolvedCall = {
  /** Null is now. */
  at: Date | null;
  campaign: string | null;
  dialer: Dialer;
  purpose: ScreeningFacts["purpose"];
  seller: ScreeningFacts["seller"];
  /** Seconds for which a permit for it holds. */
  lifeSeconds: number;
  /** Hand-over that the call belongs to; null for none. */
  handOverId: string | null;
};

/** Terms of a permit for an allowed call. */
export type PermitTerms = Pick<ResolvedCall, "lifeSeconds" | "handOverId">;
export const usualPermitTerms: PermitTerms = { lifeSeconds: permitSeconds.usual, handOverId: null };

/**
 * Finds the purpose and seller that a request names among those of the organization, and fills in the organization's
 * dialer. Throws `invalid-field` if one is unknown. Whether the actor works for the seller is for the caller to check
 * (`allowSeller`).
 */
export function resolveNamedCall(
  { at, campaign, dialer, purpose, seller }: Omit<ScreenCall, "phone" | "region">,
  settings: Settings,
  terms: PermitTerms = usualPermitTerms,
): ResolvedCall {
  return {
    at: at ?? null,
    campaign: campaign ?? null,
    dialer: dialer ?? settings.dialer,
    purpose: resolvePurpose(purpose, settings),
    seller: resolveSeller(seller, settings),
    ...terms,
  };
}

/** Finds a purpose by its key. `within` is a JSON pointer to the part of the request that names it. */
export function resolvePurpose(key: PurposeKey, { purposes }: Settings, within = "") {
  const { purpose, fault } = findPurpose(purposes ?? [], key);
  if (fault) throw new ServiceError("invalid-field", fault, `${within}/purpose`);
  return purpose;
}

/** Finds a seller by key or id; if none is named, the organization's only one. */
export function resolveSeller(keyOrId: string | undefined, { sellers }: Settings, within = "") {
  const { seller, fault } = findSeller(sellers ?? [], keyOrId);
  if (fault) throw new ServiceError("invalid-field", fault, `${within}/seller`);
  return seller;
}

/** The sellers and purposes of an organization, as a call can name them. */
type SellersAndPurposes = {
  sellers: readonly { id: SellerId; key: SellerKey }[] | null;
  purposes: readonly { key: PurposeKey; kind: PurposeKind }[] | null;
};

/** Parts of a call that a request names: the key or the id of a seller, and the key of a purpose. */
type Named = { seller?: string | undefined; purpose?: PurposeKey | undefined };

/**
 * Fills in the seller and purpose of a call that names none: the first seller that the actor works for, or else the
 * first of all, which `allowSeller` then refuses; and the first promotional purpose, or else the first.
 */
export function resolveUsualCall(
  actor: Actor,
  { sellers, purposes }: SellersAndPurposes,
  named: Named = {},
): { seller: string; purpose: PurposeKey } {
  const visible = visibleSellerIds(actor);
  const seller = sellers?.find(({ id }) => visible?.includes(id) ?? true) ?? sellers?.[0];
  if (seller === undefined) throw new ServiceError("invalid", { key: "seller.none" });

  const purpose = purposes?.find(({ kind }) => kind === "promotional") ?? purposes?.[0];
  if (purpose === undefined) throw new ServiceError("invalid", { key: "purpose.none" });
  return { seller: named.seller ?? seller.key, purpose: named.purpose ?? purpose.key };
}
