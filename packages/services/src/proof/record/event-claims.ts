import type { ConsentEvent, ConsentEventType } from "@ringfence/core/consents/consent";
import type { Claims } from "@ringfence/core/proof/ledger";
import { consentWords, needsMac } from "./consent-mac.ts";

export type WithPhone = { id: string; phoneId: string; phone: string | null };
export type ConsentRow = ConsentEvent & WithPhone & { source: string; mac: Uint8Array | null };
export type OptOutRow = WithPhone & {
  scope: string;
  sellerId: string | null;
  purpose: string | null;
  channel: string;
  at: Date;
  reference: string;
};

export const withOrganization = (id: string, claims: Claims): Claims => ({
  ...claims,
  organization: { id },
});

/**
 * True for events that are stated. Requests for consent and refusals to give it are not, because they allow
 * nothing.
 */
const isStated = (type: ConsentEventType) => type !== "requested" && type !== "refused";

export const toConsentEvent = (row: ConsentRow) => ({
  what: "consent" as const,
  id: row.id,
  subjectId: row.phoneId,
  kinds: isStated(row.type) ? [`consent.${row.type}`] : [],
  mac: needsMac(row.type)
    ? {
        input: {
          kind: "consent" as const,
          id: row.consentId,
          phoneId: row.phoneId,
          at: row.at.getTime(),
          until: row.validUntil?.getTime() ?? null,
          recordedAt: row.recordedAt.getTime(),
          words: consentWords(row),
        },
        mac: row.mac,
      }
    : null,
});

export const consentClaims = (row: ConsentRow): Claims => ({
  kind: `consent.${row.type}`,
  consent: row.consentId,
  event: row.id,
  phone: row.phone ?? undefined,
  seller: { id: row.sellerId },
  purposes: row.purposes,
  channels: row.channels,
  source: row.source,
  at: row.at.toISOString(),
  ...(row.type !== "withdrawn" &&
    row.type !== "invalidated" && {
      valid_until: row.validUntil?.toISOString(),
      elements: row.elements,
      is_written: row.isWritten,
      is_proven: row.isProven,
    }),
});

export const optOutClaims = (row: OptOutRow): Claims => ({
  kind: "opt-out.recorded",
  opt_out: row.id,
  phone: row.phone ?? undefined,
  scope: row.scope,
  seller: row.sellerId === null ? undefined : { id: row.sellerId },
  purposes: row.purpose === null ? undefined : [row.purpose],
  channel: row.channel,
  at: row.at.toISOString(),
  reference: row.reference,
});
