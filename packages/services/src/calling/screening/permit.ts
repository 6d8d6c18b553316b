import type { OrganizationId } from "@ringfence/core/ids";
import type { Phone } from "@ringfence/core/people/phone";
import { compactJwsAside } from "../../platform/keys/signing-key.ts";
import type { Keys } from "../../platform/keys/keys.ts";

/**
 * How long leave to dial holds: as long as a refusal may be late for a dialer that checks offline. Calls
 * that are handed over many at once wait for their turn, for as long as contract 8 allows.
 */
export const permitSeconds = { usual: 60, handedOver: 300 } as const;

/** When leave ends that is given at an instant: a permit counts whole seconds. */
export const leaveEnds = (at: Date, lifeSeconds: number) =>
  new Date((issuedAtOf(at) + lifeSeconds) * 1_000);

const issuedAtOf = (at: Date) => Math.floor(at.getTime() / 1_000);

type Claims = {
  organizationId: OrganizationId;
  screeningId: string;
  phone: Phone;
  seller: string;
  purpose: string;
  dialer: string;
  campaign: string | null;
  at: Date;
  lifeSeconds: number;
};

/** Leave to dial one number for a while, as a JWS (RFC 7515, EdDSA of RFC 8037) that anyone can check. */
export function permitFor({ permit: key }: Keys, claims: Claims): Promise<string> {
  const { organizationId, screeningId, phone, seller, purpose, dialer, campaign, at, lifeSeconds } =
    claims;
  const issuedAt = issuedAtOf(at);
  return compactJwsAside(key, "ringfence-permit+jwt", {
    iss: `ringfence:${organizationId}`,
    jti: screeningId,
    sub: phone,
    seller,
    purpose,
    dialer,
    ...(campaign !== null && { campaign }),
    iat: issuedAt,
    exp: issuedAt + lifeSeconds,
  });
}
