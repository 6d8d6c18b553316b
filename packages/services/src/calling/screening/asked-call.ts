import { findPurpose, type PurposeKey } from "@ringfence/core/account/purpose";
import type { ScreenCall, ScreeningFacts } from "@ringfence/core/calling/screening";
import type { Dialer } from "@ringfence/core/account/organization";
import { findSeller } from "@ringfence/core/account/seller";
import { ServiceError } from "../../platform/errors.ts";
import type { Settings } from "./facts-row.ts";
import { permitSeconds } from "./permit.ts";

/** A call whose seller, purpose and dialer are known ones. */
export type AskedCall = {
  /** Null is now. */
  at: Date | null;
  campaign: string | null;
  dialer: Dialer;
  purpose: ScreeningFacts["purpose"];
  seller: ScreeningFacts["seller"];
  /** How long a permit for it holds. */
  lifeSeconds: number;
  /** Hand-over that the call belongs to; null for none. */
  handOverId: string | null;
};

/** Terms of a permit for an allowed call. */
export type PermitTerms = Pick<AskedCall, "lifeSeconds" | "handOverId">;
export const usualPermitTerms: PermitTerms = { lifeSeconds: permitSeconds.usual, handOverId: null };

/** Finds what a request names among what the organization has, or says which field is wrong. */
export function askedCall(
  { at, campaign, dialer, purpose, seller }: Omit<ScreenCall, "phone" | "region">,
  settings: Settings,
  terms: PermitTerms = usualPermitTerms,
): AskedCall {
  return {
    at: at ?? null,
    campaign: campaign ?? null,
    dialer: dialer ?? settings.dialer,
    purpose: purposeOf(purpose, settings),
    seller: sellerOf(seller, settings),
    ...terms,
  };
}

/** `within` is a JSON pointer to where the request names it. */
export function purposeOf(key: PurposeKey, { purposes }: Settings, within = "") {
  const { purpose, fault } = findPurpose(purposes ?? [], key);
  if (fault) throw new ServiceError("invalid-field", fault, `${within}/purpose`);
  return purpose;
}

/** The same of a seller; left out, the organization's only one. */
export function sellerOf(keyOrId: string | undefined, { sellers }: Settings, within = "") {
  const { seller, fault } = findSeller(sellers ?? [], keyOrId);
  if (fault) throw new ServiceError("invalid-field", fault, `${within}/seller`);
  return seller;
}
