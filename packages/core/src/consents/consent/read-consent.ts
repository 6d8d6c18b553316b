import type { SellerId } from "../../platform/ids.ts";
import type { Fault } from "../../platform/message/index.ts";
import { type Phone, readPhone } from "../../people/phone/index.ts";
import { findPurpose, type PurposeKey } from "../../account/purpose/index.ts";
import { findSeller, type SellerKey } from "../../account/seller/index.ts";
import { isPlausible } from "../../platform/time/index.ts";
import { grantFault } from "./grant-fault.ts";
import type { ImportConsent } from "./record-consent.ts";

/** What a consent may name, how its number is read, and the time after which none can have been. */
export type ConsentWorld = {
  sellers: readonly { id: SellerId; key: SellerKey }[];
  purposes: readonly { key: PurposeKey }[];
  region: string;
  now: Date;
};

export type ReadConsent =
  | { phone: Phone; sellerId: SellerId; fault?: never }
  | { fault: Fault; phone?: never; sellerId?: never };

/** Whose consent it is and to whom, or the first reason why it cannot be put on record. */
export function readConsent(
  consent: ImportConsent,
  { sellers, purposes, region, now }: ConsentWorld,
): ReadConsent {
  const { seller, fault: unnamed } = findSeller(sellers, consent.seller);
  if (unnamed) return { fault: { path: "/seller", message: unnamed } };

  for (const [index, purpose] of consent.purposes.entries()) {
    const { fault } = findPurpose(purposes, purpose);
    if (fault) return { fault: { path: `/purposes/${index}`, message: fault } };
  }
  const read = readPhone(consent.phone, (consent.region ?? region).toUpperCase());
  if ("fault" in read) return { fault: { path: "/phone", message: read.fault } };

  const message = timeFault(consent, now);
  return message ? { fault: message } : { phone: read.phone, sellerId: seller.id };
}

function timeFault(consent: ImportConsent, now: Date): Fault | null {
  const { obtainedAt, validUntil } = consent;
  if (!isPlausible(obtainedAt)) {
    const value = obtainedAt.toISOString();
    return { path: "/obtainedAt", message: { key: "fault.instant-odd", values: { value } } };
  }
  const message = grantFault(consent, now);
  if (message === null) return null;
  return { path: obtainedAt > now || !validUntil ? "/obtainedAt" : "/validUntil", message };
}
