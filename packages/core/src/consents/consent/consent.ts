import { z } from "zod";
import type { ConsentId, SellerId } from "../../platform/ids.ts";
import type { Channel } from "../../people/phone/index.ts";
import type { PurposeKey } from "../../account/purpose/index.ts";

export const ConsentSource = z.enum([
  "newsletter",
  "website_form",
  "registration",
  "checkout",
  "phone",
  "paper",
  "import",
]);
export type ConsentSource = z.infer<typeof ConsentSource>;

export const ConsentEventType = z.enum([
  "requested",
  "granted",
  "renewed",
  "refused",
  "withdrawn",
  "invalidated",
]);
export type ConsentEventType = z.infer<typeof ConsentEventType>;

/** What a person said about calls to one phone. Standing is a fold over these. */
export type ConsentEvent = {
  consentId: ConsentId;
  type: ConsentEventType;
  sellerId: SellerId;
  purposes: readonly PurposeKey[];
  channels: readonly Channel[];
  /** Which of the elements that rules require it holds: `seller_identity`, `signature`, … */
  elements: readonly string[];
  isWritten: boolean;
  /** An act of the person that the recording party cannot make alone (contract 6). */
  isProven: boolean;
  /** Brought from older records: it counts only with what every consent has to hold. */
  isImported: boolean;
  /** When the person said it. */
  at: Date;
  validUntil: Date | null;
  /** When it was put on record. */
  recordedAt: Date;
};
