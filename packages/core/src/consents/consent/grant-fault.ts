import type { Message } from "../../platform/message/index.ts";
import type { ImportConsent } from "./record-consent.ts";

/** Why a consent cannot be put on record, if it cannot. Nobody has agreed yet to what lies ahead. */
export function grantFault({ obtainedAt, validUntil }: ImportConsent, now: Date): Message | null {
  if (obtainedAt > now) {
    return { key: "error.consent-from-the-future", values: { obtainedAt, now } };
  }
  if (validUntil !== undefined && validUntil <= obtainedAt) {
    return { key: "error.consent-ends-before-it-begins", values: { obtainedAt, validUntil } };
  }
  return null;
}
