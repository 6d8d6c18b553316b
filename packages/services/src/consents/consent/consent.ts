import type { FormPlacement } from "@ringfence/core/consents/capture-form";
import type { ConsentContact, ConsentSource, Element } from "@ringfence/core/consents/consent";
import type { Channel } from "@ringfence/core/people/phone";
import type { CaptureFormId, ConsentId, PhoneId, SellerId } from "@ringfence/core/ids";
import type { PurposeKey } from "@ringfence/core/account/purpose";

/** A grant to go on record, or one that waits for the answer of the person. */
export type NewConsent = {
  type: "granted" | "requested";
  phoneId: PhoneId;
  sellerId: SellerId;
  purposes: readonly PurposeKey[];
  channels: readonly Channel[];
  elements: readonly Element[];
  isWritten: boolean;
  at: Date;
  validUntil: Date | null;
  source: ConsentSource;
  /** Null where older records have lost the words. */
  disclosure: { id: string; version: number } | null;
  /** Whose phone it is, as the source says. */
  contact: ConsentContact | undefined;
  /** By which it was given, where it was one of ours. */
  form: { id: CaptureFormId; version: number } | null;
  /** Place where that form was filled in. Only our own code can state it. */
  placement: FormPlacement | null;
  /** What proves it: personal, so it stands apart. */
  evidence: unknown;
};

export type NamedConsent = NewConsent & { consentId: ConsentId; eventId: string };
