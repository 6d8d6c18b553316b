import { StoredEvidence } from "@ringfence/core/consents/consent";
import type { Claims } from "@ringfence/core/proof/ledger";
import type { TransactionContext } from "../../platform/context.ts";
import { wordsOf } from "../disclosure/statement.ts";
import {
  loadStatementNames,
  omitUnknownClaims,
  recordStatements,
} from "../../proof/statement/record-statements.ts";
import type { NamedConsent } from "./consent.ts";
import type { Channel } from "@ringfence/core/people/phone";
import type { ConsentId, PhoneId, SellerId } from "@ringfence/core/ids";
import type { PurposeKey } from "@ringfence/core/account/purpose";

export type StatedConsent = Omit<NamedConsent, "type" | "form" | "source"> & {
  source: string;
  isProven: boolean;
};

/** States that people agreed: to what, with which words, and how that is known. */
export async function stateConsents(ctx: TransactionContext, consents: readonly StatedConsent[]) {
  const world = await loadStatementNames(
    ctx,
    consents.map(({ phoneId }) => phoneId),
  );
  const words = await wordsOf(
    ctx,
    consents.map(({ disclosure }) => disclosure),
  );
  const statements = consents.map((consent, index) => ({
    subjectId: consent.phoneId,
    about: consent.eventId,
    claims: omitUnknownClaims({
      organization: world.organization,
      consent: consent.consentId,
      event: consent.eventId,
      ...world.phone(consent.phoneId),
      ...personClaims(consent.contact),
      seller: world.seller(consent.sellerId),
      purposes: consent.purposes,
      channels: consent.channels,
      source: consent.source,
      at: consent.at.toISOString(),
      valid_until: consent.validUntil?.toISOString(),
      disclosure: words[index],
      elements: consent.elements,
      is_written: consent.isWritten,
      is_proven: consent.isProven,
      placement: consent.placement,
      ...evidenceClaims(consent.evidence),
    }),
  }));
  await recordStatements(ctx, "consent.granted", statements);
}

const personClaims = (contact: StatedConsent["contact"]): Claims => ({
  name: contact?.name,
  email: contact?.email,
  external_id: contact?.externalId,
});

/** One claim for each thing that may have to be erased by itself; what we do not know of is one. */
function evidenceClaims(evidence: unknown): Claims {
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

/** Of a consent that counts no more, or not for all: `source` says how that is known. */
type Ended = {
  eventId: string;
  consentId: ConsentId;
  phoneId: PhoneId;
  sellerId: SellerId;
  purposes: readonly PurposeKey[];
  channels: readonly Channel[];
  source: string;
  at: Date;
  /** Hash of the letter in which the person said so. */
  scan?: string;
};

/** States that a person took back what they agreed to, or that it was found void. */
export async function stateWithdrawal(
  ctx: TransactionContext,
  { eventId, consentId, phoneId, sellerId, purposes, channels, source, at, scan }: Ended,
  kind: "consent.withdrawn" | "consent.invalidated" = "consent.withdrawn",
) {
  const world = await loadStatementNames(ctx, [phoneId]);
  const claims = omitUnknownClaims({
    organization: world.organization,
    consent: consentId,
    event: eventId,
    ...world.phone(phoneId),
    seller: world.seller(sellerId),
    purposes,
    channels,
    source,
    at: at.toISOString(),
    scan,
  });
  await recordStatements(ctx, kind, [{ subjectId: phoneId, about: eventId, claims }]);
}
