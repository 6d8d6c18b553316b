import type { OrganizationId } from "@ringfence/core/ids";
import { Phone } from "@ringfence/core/people/phone";
import { type Keys, type RootContext, signJwsInThread } from "../../platform/internal.ts";
import { PurposeKey } from "@ringfence/core/account/purpose";
import { Dialer } from "@ringfence/core/account/organization";
import { z } from "zod";

/**
 * Seconds for which a permit to dial holds: a dialer that checks it offline learns of an opt-out no later than that.
 * Calls handed over in bulk wait their turn, for as long as contract 8 allows.
 */
export const permitSeconds = { usual: 60, handedOver: 300 } as const;

/** Returns when a permit issued at an instant ends. Permits count whole seconds. */
export const permitExpiry = (at: Date, lifeSeconds: number) =>
  new Date((toIssuedAt(at) + lifeSeconds) * 1_000);

const toIssuedAt = (at: Date) => Math.floor(at.getTime() / 1_000);

type NewPermit = {
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

/** Signs permission to dial one number for a while, as a JWS (RFC 7515, EdDSA of RFC 8037) that anyone can check. */
export function signPermit({ permit: key }: Keys, claims: NewPermit): Promise<string> {
  const { organizationId, screeningId, phone, seller, purpose, dialer, campaign, at, lifeSeconds } =
    claims;
  const issuedAt = toIssuedAt(at);
  return signJwsInThread(key, "ringfence-permit+jwt", {
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

const PermitClaims = z.object({
  iss: z.string(),
  jti: z.uuid(),
  sub: Phone,
  seller: z.string(),
  purpose: PurposeKey,
  dialer: Dialer,
  campaign: z.string().optional(),
  exp: z.int(),
});
export type PermitClaims = z.infer<typeof PermitClaims>;

/** Exactly three parts in base64url, so that no other reader can understand it differently. */
const COMPACT = /^([\w-]+)\.([\w-]+)\.([\w-]{86})$/;

/**
 * Reads what a permit says, if this installation issued it to this organization; otherwise null. The caller checks
 * whether it has expired and whether it was used up. The algorithm in the header is ignored: there is only one, and
 * only our own keys.
 */
export function readPermit(
  { keys, organizationId }: Pick<RootContext, "keys" | "organizationId">,
  permit: string,
): PermitClaims | null {
  const [, header = "", payload = "", signature = ""] = COMPACT.exec(permit) ?? [];
  const signed = Buffer.from(`${header}.${payload}`);
  const bytes = Buffer.from(signature, "base64url");
  if (!keys.permitKeys.some((key) => key.verify(signed, bytes))) return null;

  const { typ } = decode(header);
  const { data } = PermitClaims.safeParse(decode(payload));
  const isOurs = typ === "ringfence-permit+jwt" && data?.iss === `ringfence:${organizationId}`;
  return isOurs ? data : null;
}

const decode = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString());
