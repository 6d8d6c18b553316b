import {
  MAX_PUBLIC_KEYS,
  RegisterPublicKey,
  RemovePublicKey,
} from "@ringfence/core/account/api-key";
import { ApiKeyId } from "@ringfence/core/ids";
import { computeThumbprint, parsePublicKey } from "@ringfence/core/platform/public-key";
import { sql } from "kysely";
import { ServiceError, type TransactionContext, command } from "../../platform/internal.ts";
import { loadGrantableKey } from "./manage-api-keys.ts";

/**
 * Registers a public key (Ed25519) of an API key. From the first one on, every request with the API key has to be signed,
 * which `signedSince` says. A second one may be registered, so that programs can change from one to the other. The row
 * of a removed one stays, and the same public key may be registered again in a new row.
 */
export const registerPublicKey = command({
  name: "registerPublicKey",
  action: "api-key.change",
  stepUp: true,
  input: RegisterPublicKey,
  run: async (ctx, { apiKeyId, publicKey }) => {
    const { db, organizationId, now } = ctx;
    const parsed = parsePublicKey(publicKey);
    if ("fault" in parsed) {
      throw new ServiceError("invalid-field", { key: `public-key.${parsed.fault}` }, "/publicKey");
    }
    const { x } = parsed;
    const thumbprint = computeThumbprint(x);
    const { signedSince } = await lockApiKey(ctx, apiKeyId);
    const inForce = await db.apiKeyPublicKey.findMany({
      where: { organizationId, apiKeyId, removedAt: null },
    });
    if (inForce.some((key) => key.thumbprint === thumbprint)) {
      throw new ServiceError("conflict", { key: "public-key.registered" });
    }
    // The message says "two", as `MAX_PUBLIC_KEYS` does.
    if (inForce.length >= MAX_PUBLIC_KEYS) {
      throw new ServiceError("conflict", { key: "public-key.two" });
    }
    await db.apiKeyPublicKey.create({
      data: { organizationId, apiKeyId, x, thumbprint, createdAt: now },
    });
    await db.apiKey.updateMany({
      where: { organizationId, id: apiKeyId },
      data: { signedSince: signedSince ?? now },
    });
    return { thumbprint };
  },
  audit: ({ thumbprint }, { apiKeyId }) => ({
    apiKeyId,
    change: "public-key-registered",
    thumbprint,
  }),
});

/**
 * Removes a public key: requests that are signed with its private key are refused from then on. An API key without any
 * public key left still has its `signedSince`, so that all its requests are refused, and the loss of a private key never
 * opens it to unsigned ones. Repeating it changes nothing.
 */
export const removePublicKey = command({
  name: "removePublicKey",
  action: "api-key.change",
  stepUp: true,
  input: RemovePublicKey,
  run: async (ctx, { apiKeyId, thumbprint }) => {
    const { db, organizationId, now } = ctx;
    await lockApiKey(ctx, apiKeyId);
    const { count } = await db.apiKeyPublicKey.updateMany({
      where: { organizationId, apiKeyId, thumbprint, removedAt: null },
      data: { removedAt: now },
    });
    return { isRemoved: count > 0 };
  },
  audit: ({ isRemoved }, { apiKeyId, thumbprint }) =>
    isRemoved ? { apiKeyId, change: "public-key-removed", thumbprint } : null,
  answer: () => {},
});

/** Lets an API key be used without signatures again, and removes its public keys. Repeating it changes nothing. */
export const stopRequiringSignatures = command({
  name: "stopRequiringSignatures",
  action: "api-key.change",
  stepUp: true,
  input: ApiKeyId,
  run: async (ctx, apiKeyId) => {
    const { db, organizationId, now } = ctx;
    const { signedSince } = await lockApiKey(ctx, apiKeyId);
    await db.apiKeyPublicKey.updateMany({
      where: { organizationId, apiKeyId, removedAt: null },
      data: { removedAt: now },
    });
    await db.apiKey.updateMany({
      where: { organizationId, id: apiKeyId },
      data: { signedSince: null },
    });
    return { wasRequired: signedSince !== null };
  },
  audit: ({ wasRequired }, apiKeyId) =>
    wasRequired ? { apiKeyId, change: "signatures-not-required" } : null,
  answer: () => {},
});

/**
 * Locks an API key until the transaction ends, so that it never gets more public keys than it may have, and loads it.
 * Throws if it was revoked, or the actor may not grant all of its scopes.
 */
async function lockApiKey(ctx: TransactionContext, id: ApiKeyId) {
  const { db, organizationId } = ctx;
  await sql`
    SELECT FROM api_key WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid
    FOR NO KEY UPDATE`.execute(db.$kysely);
  return loadGrantableKey(ctx, id);
}
