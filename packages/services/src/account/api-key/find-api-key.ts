// A hash is deterministic.
// oxlint-disable-next-line house/no-ambient-input
import { hash } from "node:crypto";
import { type Actor, Role, Scope } from "@ringfence/core/platform/access";
import {
  type KeyMaker,
  type RequestSignature,
  hashSecret,
  parseBearer,
  scopesInForce,
} from "@ringfence/core/account/api-key";
import { type OrganizationId, SellerId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { z } from "zod";
import { coalesce } from "../../platform/internal.ts";
import type { KeyUse } from "./key-use.ts";
import { PublicKey, verifySignature } from "./verify-signature.ts";

/** The organization that a key opens, and the actor of its requests. */
export type ApiKey = { organizationId: OrganizationId; actor: Extract<Actor, { type: "key" }> };

/**
 * Finds a key by the `Authorization` header; null if there is no such key, it was revoked or has expired, it may not
 * be used from the `address` of the request, or it requires signed requests and the `signature` is missing (null) or is
 * not by one of its public keys. With `mayBeHeld`, returns the key of a request without signature as it was found
 * earlier, even if any of that is so by now or it lost scopes since: for screenings, which check in their own query
 * whether the key is still valid.
 */
export type FindApiKey = (
  authorization: string | undefined,
  request?: { address?: string; mayBeHeld?: boolean; signature?: RequestSignature | null },
) => Promise<ApiKey | null>;

/** More keys than an installation has. When the limit is reached, all held keys are forgotten. */
const MAX_HELD = 10_000;

/**
 * Creates a finder that asks the database on every request without `mayBeHeld`, so that a revoked key is refused on
 * the very next one. The actor lacks each scope that the key's maker may no longer give, but never `opt-outs:write`.
 * Requests of one turn share a query. Found keys are cached, by the hash of their header, for calls with `mayBeHeld`.
 * A key that lost scopes is not cached, because it gets them back once another member takes it over, nor is one that
 * requires signed requests. `noteUse` hears of each key that was found.
 */
export function createApiKeyFinder(
  { pool }: Pick<Db, "pool">,
  noteUse?: (use: KeyUse) => void,
): FindApiKey {
  const heldKeys = new Map<string, ApiKey>();
  const find = coalesce<Usage, FoundKey | null>((usages) => findKeys(pool, usages), {
    maxLoads: 1,
  });

  /** Finds a key in the database, and verifies the signature if it requires one. */
  async function findNow(usage: Usage, signature: RequestSignature | null): Promise<ApiKey | null> {
    const found = await find(usage);
    if (found === null || found.publicKeys === null) return found?.key ?? null;
    const { key, publicKeys } = found;
    const { organizationId, actor } = key;
    const signed = { organizationId, apiKeyId: actor.id, publicKeys };
    if (signature === null || !(await verifySignature(pool, signed, signature))) return null;
    return { organizationId, actor: { ...actor, isSigned: true } };
  }

  return async (authorization, { address = "", mayBeHeld = false, signature = null } = {}) => {
    if (authorization === undefined) return null;
    const id = hash("sha256", authorization);
    const known = mayBeHeld && signature === null ? heldKeys.get(id) : undefined;
    const key = known ?? (await findNow({ authorization, address }, signature));
    if (key === null) return null;

    if (heldKeys.size >= MAX_HELD) heldKeys.clear();
    const { cutScopes, isSigned } = key.actor;
    if (known === undefined && cutScopes === undefined && !isSigned) heldKeys.set(id, key);
    noteUse?.({ organizationId: key.organizationId, apiKeyId: key.actor.id, address });
    return { ...key, actor: { ...key.actor, address } };
  };
}

/** A key, and the public keys of which one must have signed the request; null if none must. */
type FoundKey = { key: ApiKey; publicKeys: readonly PublicKey[] | null };

/** A header with a key, and the address from which it came; empty if that is unknown. */
type Usage = { authorization: string; address: string };

const TIMEOUT_MS = 1_000;

const KeyRow = z.object({
  index: z.string(),
  id: z.string(),
  scopes: Scope.array(),
  seller_ids: SellerId.array(),
  has_maker: z.boolean(),
  maker_role: Role.nullable(),
  covers_sellers: z.boolean(),
  secret_number: z.int(),
  public_keys: PublicKey.array().nullable(),
});
type KeyRow = z.infer<typeof KeyRow>;

/** Finds the keys of requests, in their order. Without an address, only keys that may be used from anywhere. */
async function findKeys(
  pool: Db["pool"],
  usages: readonly Usage[],
): Promise<readonly (FoundKey | null)[]> {
  const requested = usages.flatMap(({ authorization, address }, position) => {
    const parts = parseBearer(authorization);
    return parts === null ? [] : [{ position, address, ...parts }];
  });
  const found = usages.map((): FoundKey | null => null);
  if (requested.length === 0) return found;

  // By hand instead of with `toTable`: the pool prepares this text by name, and `pg` wants numbered parameters.
  const statement = {
    name: "find-api-key",
    text: `SELECT index - 1 AS index, api_key.id, api_key.scopes, api_key.seller_ids,
        maker_id IS NOT NULL AS has_maker, maker.role::text AS maker_role,
        ${coversSellersSql("api_key", "maker")} AS covers_sellers, api_key.shown AS secret_number,
        CASE WHEN signed_since IS NOT NULL THEN (
          SELECT coalesce(json_agg(json_build_object('id', id, 'x', x, 'thumbprint', thumbprint)), '[]')
          FROM api_key_public_key AS public_key
          WHERE public_key.organization_id = api_key.organization_id
            AND public_key.api_key_id = api_key.id AND removed_at IS NULL
        ) END AS public_keys
      FROM unnest($1::uuid[], $2::bytea[], $3::inet[]) WITH ORDINALITY
        AS sought (organization_id, secret_hash, address, index)
      CROSS JOIN LATERAL (
        SELECT api_key.*, secret_number AS shown FROM api_key
        WHERE organization_id = sought.organization_id AND secret_hash = sought.secret_hash
        UNION ALL SELECT api_key.*, secret_number - 1 FROM api_key
        WHERE organization_id = sought.organization_id
          AND previous_secret_hash = sought.secret_hash
      ) AS api_key
      LEFT JOIN member AS maker ON maker.organization_id = api_key.organization_id
        AND maker.id = api_key.maker_id AND ${hasAccessSql("maker")}
      WHERE ${mayBeUsedSql("api_key", { address: "sought.address", secret: "api_key.shown" })}`,
    values: [
      requested.map(({ organizationId }) => organizationId),
      requested.map(({ secret }) => Buffer.from(hashSecret(secret))),
      requested.map(({ address }) => address || null),
    ],
    // A query that hangs would keep the requests that share it waiting, and a connection busy.
    query_timeout: TIMEOUT_MS,
  };
  const { rows } = await pool.query(statement);
  for (const row of KeyRow.array().parse(rows)) {
    const { index, id, scopes: all, seller_ids: sellerIds, secret_number: secretNumber } = row;
    const key = requested[Number(index)];
    if (key === undefined) continue;
    const { position, organizationId } = key;
    const limit = sellerIds.length > 0 && { sellerIds };
    const scopes = scopesInForce(all, toMaker(row));
    const lost = all.filter((scope) => !scopes.includes(scope));
    const cut = lost.length > 0 && { cutScopes: lost };
    const actor = { type: "key", id, scopes, secretNumber, ...cut, ...limit } as const;
    found[position] = { key: { organizationId, actor }, publicKeys: row.public_keys };
  }
  return found;
}

/**
 * SQL: true if a key was neither revoked nor has expired, may be used from an address (`inet`, null if it is unknown), and
 * the secret with that number still works.
 */
export const mayBeUsedSql = (
  key: string,
  { address, secret }: { address: string; secret: string },
) =>
  `(${key}.revoked_at IS NULL AND (${key}.expires_at > clock_timestamp()) IS NOT FALSE
    AND (${key}.secret_number = ${secret} OR ${key}.secret_number - 1 = ${secret}
      AND ${key}.previous_until > clock_timestamp()) IS TRUE
    AND (cardinality(${key}.allowed_addresses) = 0
      OR (${address} <<= ANY (${key}.allowed_addresses)) IS TRUE))`;

const toMaker = (
  row: Pick<KeyRow, "has_maker" | "maker_role" | "covers_sellers">,
): KeyMaker | null =>
  row.has_maker ? { role: row.maker_role, coversSellers: row.covers_sellers } : null;

/** SQL: true if a member was not removed, and the identity provider does not say that they have none of the groups. */
export const hasAccessSql = (member: string) =>
  `(${member}.removed_at IS NULL AND ${member}.access_ended_at IS NULL)`;

/** SQL: true if a member acts for every seller that a key acts for. An empty list stands for all sellers. */
export const coversSellersSql = (key: string, maker: string) =>
  `(cardinality(${maker}.seller_ids) = 0
    OR cardinality(${key}.seller_ids) > 0 AND ${key}.seller_ids <@ ${maker}.seller_ids) IS TRUE`;
