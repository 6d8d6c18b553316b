// Hashing and verifying are deterministic.
// oxlint-disable-next-line house/no-ambient-input
import { createPublicKey, hash, verify } from "node:crypto";
import { type RequestSignature, SIGNATURE_WINDOW_SECONDS } from "@ringfence/core/account/api-key";
import type { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { z } from "zod";
import { ServiceError } from "../../platform/internal.ts";

/** A public key of an API key. */
export const PublicKey = z.object({ id: z.string(), x: z.string(), thumbprint: z.string() });
export type PublicKey = z.infer<typeof PublicKey>;

/** An API key whose requests have to be signed. */
type SignedKey = {
  organizationId: OrganizationId;
  apiKeyId: string;
  publicKeys: readonly PublicKey[];
};

const TIMEOUT_MS = 1_000;

/**
 * Verifies the signature of a request, and uses up its nonce; false if it is not by one of the key's public keys, or
 * this one has just been removed. Throws `signature-invalid` if it is, but was made at another time, or its nonce was
 * used before. So only the holder of the private key learns why a request was refused.
 */
export async function verifySignature(
  pool: Db["pool"],
  { organizationId, apiKeyId, publicKeys }: SignedKey,
  { keyId, base, signature, nonce, created, expires }: RequestSignature,
): Promise<boolean> {
  const publicKey = publicKeys.find(({ thumbprint }) => thumbprint === keyId);
  if (publicKey === undefined) return false;
  const { x } = publicKey;
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  if (!verify(null, base, key, signature)) return false;

  const statement = {
    name: "use-signature-nonce",
    text: useNonce,
    values: [
      organizationId,
      apiKeyId,
      publicKey.id,
      hash("sha256", nonce, "buffer"),
      created,
      expires,
      SIGNATURE_WINDOW_SECONDS,
    ],
    query_timeout: TIMEOUT_MS,
  };
  const { rows } = await pool.query(statement);
  const [outcome] = NonceUse.array().parse(rows);
  if (outcome === undefined || !outcome.is_in_force) return false;
  if (!outcome.is_in_time) throw signatureInvalid("signature.out-of-time");
  if (!outcome.is_new) throw signatureInvalid("signature.nonce-used");
  return true;
}

const signatureInvalid = (key: "signature.out-of-time" | "signature.nonce-used") =>
  new ServiceError("signature-invalid", { key }, "/signature-input");

const NonceUse = z.object({
  is_in_force: z.boolean(),
  is_in_time: z.boolean(),
  is_new: z.boolean(),
});

/**
 * Saves a nonce, if its public key is still in force and its signature in time by the database's clock. The primary key
 * of the table refuses the second of two requests, whichever processes get them. Nonces belong to the API key, so that a
 * public key that was removed and registered again accepts no old request.
 */
const useNonce = `
  WITH clock AS MATERIALIZED (SELECT clock_timestamp() AS now), signed AS (
    SELECT
      EXISTS (
        SELECT FROM api_key_public_key
        WHERE organization_id = $1 AND api_key_id = $2 AND id = $3 AND removed_at IS NULL
      ) AS is_in_force,
      $5::float8 BETWEEN extract(epoch FROM now) - $7::int AND extract(epoch FROM now) + $7::int
        AND ($6::float8 > extract(epoch FROM now)) IS NOT FALSE AS is_in_time
    FROM clock
  ), saved AS (
    INSERT INTO signature_nonce (organization_id, api_key_id, nonce_hash, signed_at)
    SELECT $1, $2, $4, to_timestamp($5::float8) FROM signed WHERE is_in_force AND is_in_time
    ON CONFLICT DO NOTHING
    RETURNING 1
  )
  SELECT is_in_force, is_in_time, EXISTS (SELECT FROM saved) AS is_new FROM signed`;

/**
 * Deletes nonces of signatures that would be refused anyway, because they are too old. Crosses organizations, which only
 * the sweep may do. Returns how many.
 */
export const forgetNonces = ({ prisma }: Pick<Db, "prisma">): Promise<number> =>
  prisma.$executeRaw`
    DELETE FROM signature_nonce
    WHERE signed_at < clock_timestamp() - make_interval(secs => ${SIGNATURE_WINDOW_SECONDS}) - interval '1 minute'`;
