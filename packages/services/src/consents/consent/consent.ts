import type { FormPlacement } from "@ringfence/core/consents/capture-form";
import type { ConsentContact, ConsentSource, Element } from "@ringfence/core/consents/consent";
import type { Channel } from "@ringfence/core/people/phone";
import type { CaptureFormId, ConsentId, PhoneId, SellerId } from "@ringfence/core/ids";
import type { PurposeKey } from "@ringfence/core/account/purpose";

/** A grant to record, or a request that waits for the person's answer. */
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
  /** Null if older records have lost the text. */
  disclosure: { id: string; version: number } | null;
  /** Owner of the phone, according to the source. */
  contact: ConsentContact | undefined;
  /** The capture form it was given on, if it was one of ours. */
  form: { id: CaptureFormId; version: number } | null;
  /** Place where that form was filled in. Only our own code can state it. */
  placement: FormPlacement | null;
  /** The proof. It is personal, so it has a table of its own, which an erasure can clear. */
  evidence: unknown;
};

/** A consent with the ids under which it will be recorded, unless it is recorded already. */
export type ConsentWithIds = NewConsent & { consentId: ConsentId; eventId: string };
