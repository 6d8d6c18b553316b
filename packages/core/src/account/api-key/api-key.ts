import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";
import { mayGrantScope, type Role, Scope } from "../../platform/access/index.ts";
import { ApiKeyId, OrganizationId } from "../../platform/ids.ts";
import { IpNetwork } from "../../platform/ip-network.ts";
import { Name, storableText } from "../../platform/text/index.ts";
import { DAY_MS } from "../../platform/time/index.ts";

/** Addresses and networks from which a key may be used. Empty: from anywhere. */
const AllowedAddresses = z.array(IpNetwork).max(100);

/** The last day of a key, before the year 3000, so that the instant at which it expires has a year of four digits. */
const LastDay = z.iso.date().refine((day) => day < "3000");

/** Input for a new API key. */
export const MakeApiKey = z.strictObject({
  name: Name,
  scopes: z.array(Scope).min(1),
  /** Purpose of the key, kept on the organization's record. */
  reason: storableText(2_000).min(1),
  /** Sellers that the key is limited to, each by key or id. Left out, it acts for all. */
  sellers: z.array(z.string().max(64)).min(1).optional(),
  /** Last day (UTC) on which the key works. Left out, it does not expire. */
  lastDay: LastDay.optional(),
  allowedAddresses: AllowedAddresses.optional(),
});
export type MakeApiKey = z.infer<typeof MakeApiKey>;

/** Input for when a key expires and from where it may be used. Both replace what was set before. */
export const LimitApiKey = z.strictObject({
  apiKeyId: ApiKeyId,
  /** Last day (UTC) on which the key works. Null: it does not expire. */
  lastDay: LastDay.nullable(),
  allowedAddresses: AllowedAddresses,
});
export type LimitApiKey = z.infer<typeof LimitApiKey>;

/** The most hours for which the previous secret of a key works beside the new one: seven days. */
export const MAX_OVERLAP_HOURS = 168;

/** Input for a new secret of a key. With an overlap of 0 hours, the previous secret ends at once. */
export const RotateApiKey = z.strictObject({
  apiKeyId: ApiKeyId,
  overlapHours: z.int().min(0).max(MAX_OVERLAP_HOURS),
});

/** Input to confirm new networks of a key. A network that the member has not seen is not confirmed with the others. */
export const ConfirmKeyNetworks = z.strictObject({
  apiKeyId: ApiKeyId,
  networks: z.array(z.string().max(64)).max(100),
});

/** Returns the instant at which a key expires: the end of its last day. */
export const toExpiry = (lastDay: string) => new Date(Date.parse(lastDay) + DAY_MS);

/** Returns the last day (UTC) of a key that expires at an instant. */
export const toLastDay = (expiresAt: Date) =>
  new Date(expiresAt.getTime() - 1).toISOString().slice(0, 10);

/** Asks for a page of keys. `after` is `next` of the page before. */
export const ListApiKeys = z.object({
  after: ApiKeyId.optional(),
  limit: z.int().min(1).max(200).default(50),
});

/** Days without use after which a key is marked as idle, because it may be forgotten. */
export const IDLE_DAYS = 90;

const [WARNING_DAYS, URGENT_DAYS] = [30, 7];

/**
 * Says how urgent it is that a key expires: `week` from 30 days before, `today` from 7 days before, and `now` for 30 days
 * after it expired. Null at other times.
 */
export function findKeyWarning(expiresAt: Date, now: Date): "now" | "today" | "week" | null {
  const days = (expiresAt.getTime() - now.getTime()) / DAY_MS;
  if (days > WARNING_DAYS || days <= -WARNING_DAYS) return null;
  if (days <= 0) return "now";
  return days <= URGENT_DAYS ? "today" : "week";
}

/**
 * The member who made a key or took it over, as they are now. `role` is null if they were removed, or the identity
 * provider has ended their access.
 */
export type KeyMaker = {
  role: Role | null;
  /** True if they act for every seller that the key acts for. */
  coversSellers: boolean;
};

/**
 * Returns the scopes of a key that its maker may still grant. A key without a known maker, such as the
 * demo's, keeps all its scopes. `opt-outs:write` always counts, so that no opt-out is lost when a maker
 * leaves.
 */
export const scopesInForce = (scopes: readonly Scope[], maker: KeyMaker | null): Scope[] =>
  scopes.filter((scope) => {
    if (maker === null || scope === "opt-outs:write") return true;
    return maker.role !== null && maker.coversSellers && mayGrantScope(maker.role, scope);
  });

/**
 * Parts of a key: the organization whose data it opens, and 256 random bits, of which only the hash is
 * stored.
 */
export type ApiKeyParts = { organizationId: OrganizationId; secret: Uint8Array };

/** `rf_<organization>_<secret>`, both in hex: a form that secret scanners find. */
export const formatApiKey = ({ organizationId, secret }: ApiKeyParts) =>
  `rf_${organizationId.replaceAll("-", "")}_${bytesToHex(secret)}`;

const BEARER =
  /^Bearer +rf_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_([0-9a-f]{64})$/i;

/** Parses the key in an `Authorization` header (RFC 6750). Null if there is none, or it has another form. */
export function parseBearer(authorization: string | undefined): ApiKeyParts | null {
  const [, ...parts] = BEARER.exec(authorization ?? "") ?? [];
  const secret = parts.pop();
  const organizationId = OrganizationId.safeParse(parts.join("-"));
  if (secret === undefined || !organizationId.success) return null;
  return { organizationId: organizationId.data, secret: hexToBytes(secret) };
}

/** SHA-256, by which a key is found. The secret is random, so it needs no salt and no slow hash. */
export const hashSecret = (secret: Uint8Array): Uint8Array => sha256(secret);

/** Most public keys of a key at a time: one, and its successor while programs change over. */
export const MAX_PUBLIC_KEYS = 2;

/** Input for a public key with which requests are verified from then on: an Ed25519 key as PEM or JWK. */
export const RegisterPublicKey = z.strictObject({
  apiKeyId: ApiKeyId,
  publicKey: z.string().trim().min(1).max(2_000),
});

/** Input for the removal of a public key, which is named by its thumbprint. */
export const RemovePublicKey = z.strictObject({
  apiKeyId: ApiKeyId,
  thumbprint: z.string().length(43),
});
