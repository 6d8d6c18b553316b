import type { Channel, ConsentContact, ConsentSource, Element } from "@ringfence/core/consent";
import type { ConsentId, PhoneId, SellerId } from "@ringfence/core/ids";
import type { PurposeKey } from "@ringfence/core/purpose";

/** A grant to go on record. */
export type NewConsent = {
  phoneId: PhoneId;
  sellerId: SellerId;
  purposes: readonly PurposeKey[];
  channels: readonly Channel[];
  elements: readonly Element[];
  isWritten: boolean;
  at: Date;
  validUntil: Date | null;
  source: ConsentSource;
  disclosure: { id: string; version: number };
  /** Whose phone it is, as the source says. */
  contact: ConsentContact | undefined;
  /** What proves it: personal, so it stands apart. */
  evidence: unknown;
};

export type NamedConsent = NewConsent & { consentId: ConsentId; eventId: string };
