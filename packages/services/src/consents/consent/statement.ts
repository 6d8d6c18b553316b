import { StoredEvidence } from "@ringfence/core/consents/consent";
import type { Claims } from "@ringfence/core/proof/ledger";
import type { TransactionContext } from "../../platform/internal.ts";
import { loadDisclosureClaims } from "../disclosure/internal.ts";
import {
  loadStatementNames,
  omitUnknownClaims,
  recordStatements,
} from "../../proof/statement/internal.ts";
import type { ConsentWithIds } from "./consent.ts";
import type { Channel } from "@ringfence/core/people/phone";
import type { ConsentId, PhoneId, SellerId } from "@ringfence/core/ids";
import type { PurposeKey } from "@ringfence/core/account/purpose";

export type ConsentToState = Omit<ConsentWithIds, "type" | "form" | "source"> & {
  source: string;
  isProven: boolean;
};

/**
 * Records ledger statements that people consented: to what, with which text, and how it is known. Returns them in order.
 * `audited-events.ts` compares claims with the rows, so whoever changes a claim here changes it there.
 */
export async function recordConsentStatements(
  ctx: TransactionContext,
  consents: readonly ConsentToState[],
): Promise<string[]> {
  if (consents.length === 0) return [];
  const names = await loadStatementNames(
    ctx,
    consents.map(({ phoneId }) => phoneId),
  );
  const disclosures = await loadDisclosureClaims(
    ctx,
    consents.map(({ disclosure }) => disclosure),
  );
  const statements = consents.map((consent, index) => ({
    subjectId: consent.phoneId,
    about: consent.eventId,
    claims: omitUnknownClaims({
      organization: names.organization,
      consent: consent.consentId,
      event: consent.eventId,
      ...names.phone(consent.phoneId),
      ...toPersonClaims(consent.contact),
      seller: names.seller(consent.sellerId),
      purposes: consent.purposes,
      channels: consent.channels,
      source: consent.source,
      at: consent.at.toISOString(),
      valid_until: consent.validUntil?.toISOString(),
      disclosure: disclosures[index],
      elements: consent.elements,
      is_written: consent.isWritten,
      is_proven: consent.isProven,
      placement: consent.placement,
      ...toEvidenceClaims(consent.evidence),
    }),
  }));
  return recordStatements(ctx, "consent.granted", statements);
}

const toPersonClaims = (contact: ConsentToState["contact"]): Claims => ({
  name: contact?.name,
  email: contact?.email,
  external_id: contact?.externalId,
});

/** Gives each item that may be erased separately a claim of its own, and all other evidence one claim together. */
function toEvidenceClaims(evidence: unknown): Claims {
  const { act, states, ip, userAgent, url, signature, recording, scan, ...more } =
    StoredEvidence.parse(evidence);
  return {
    act,
    states,
    ip,
    user_agent: userAgent,
    url,
    signature,
    recording,
    scan,
    evidence: Object.keys(more).length > 0 ? more : undefined,
  };
}

/** A consent that has ended, wholly or for these purposes. `source` says how that is known. */
type EndedConsent = {
  eventId: string;
  consentId: ConsentId;
  phoneId: PhoneId;
  sellerId: SellerId;
  purposes: readonly PurposeKey[];
  channels: readonly Channel[];
  source: string;
  at: Date;
  /** Hash of the letter that the person sent. */
  scan?: string;
};

/** Records a ledger statement that a person withdrew a consent, or that it was found invalid. */
export async function recordWithdrawalStatement(
  ctx: TransactionContext,
  { eventId, consentId, phoneId, sellerId, purposes, channels, source, at, scan }: EndedConsent,
  kind: "consent.withdrawn" | "consent.invalidated" = "consent.withdrawn",
) {
  const names = await loadStatementNames(ctx, [phoneId]);
  const claims = omitUnknownClaims({
    organization: names.organization,
    consent: consentId,
    event: eventId,
    ...names.phone(phoneId),
    seller: names.seller(sellerId),
    purposes,
    channels,
    source,
    at: at.toISOString(),
    scan,
  });
  await recordStatements(ctx, kind, [{ subjectId: phoneId, about: eventId, claims }]);
}
