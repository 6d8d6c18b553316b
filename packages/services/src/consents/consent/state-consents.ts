import { StoredEvidence } from "@ringfence/core/consents/consent";
import type { Claims } from "@ringfence/core/proof/ledger";
import type { TransactionContext } from "../../platform/context.ts";
import { wordsOf } from "../disclosure/words-of.ts";
import { putStatements } from "../../proof/statement/put-statements.ts";
import { saidClaims } from "../../proof/statement/said-claims.ts";
import { statedWorld } from "../../proof/statement/stated-world.ts";
import type { NamedConsent } from "./new-consent.ts";

export type StatedConsent = Omit<NamedConsent, "type" | "form" | "source"> & {
  source: string;
  isProven: boolean;
};

/** States that people agreed: to what, with which words, and how that is known. */
export async function stateConsents(ctx: TransactionContext, consents: readonly StatedConsent[]) {
  const world = await statedWorld(
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
    claims: saidClaims({
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
  await putStatements(ctx, "consent.granted", statements);
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
