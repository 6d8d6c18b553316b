import {
  LimitApiKey,
  MakeApiKey,
  RotateApiKey,
  formatApiKey,
  hashSecret,
  toExpiry,
} from "@ringfence/core/account/api-key";
import { ApiKeyId, MemberId } from "@ringfence/core/ids";
import { mendText } from "@ringfence/core/platform/text";
import {
  type ServiceContext,
  ServiceError,
  type TransactionContext,
  command,
  generateSecret,
  normalizeNetwork,
} from "../../platform/internal.ts";
import { resolveSellerIds } from "../seller/internal.ts";
import { MINUTE_MS } from "@ringfence/core/platform/time";
import { Role, Scope, mayGrantScope } from "@ringfence/core/platform/access";

/**
 * Creates a key. Its maker must be a member who may grant each of its scopes. Only this answer contains the
 * key itself: the database stores a hash of its secret.
 */
export const makeApiKey = command({
  name: "makeApiKey",
  action: "api-key.change",
  stepUp: true,
  input: MakeApiKey,
  run: async (ctx, { name, scopes, sellers, reason, lastDay, allowedAddresses = [] }) => {
    assertMayGrantScopes(ctx, scopes);
    const { db, organizationId, now } = ctx;
    const sellerIds = await resolveSellerIds(ctx, sellers);
    const limits = toLimits(ctx, { lastDay: lastDay ?? null, allowedAddresses });
    const secret = await generateSecret(ctx);
    const secretHash = Buffer.from(hashSecret(secret));
    const { id } = await db.apiKey.create({
      data: {
        organizationId,
        name,
        scopes,
        sellerIds,
        secretHash,
        makerId: findMakerId(ctx),
        reason: mendText(reason),
        createdAt: now,
        ...limits,
      },
    });
    const key = formatApiKey({ organizationId, secret });
    return { id: ApiKeyId.parse(id), key, sellerIds, limits };
  },
  audit: ({ id: apiKeyId, sellerIds, limits }, { scopes }) => ({
    apiKeyId,
    change: "made",
    scopes: scopes.join(),
    sellers: sellerIds.join(),
    ...toLimitDetails(limits),
  }),
  answer: ({ id, key }) => ({ id, key }),
});

/**
 * Sets when a key expires and from where it may be used, effective with the next request. An expired key can be given a
 * later day. Whoever does this must be allowed to grant each of its scopes.
 */
export const limitApiKey = command({
  name: "limitApiKey",
  action: "api-key.change",
  stepUp: true,
  input: LimitApiKey,
  run: async (ctx, { apiKeyId, ...input }) => {
    const { db, organizationId } = ctx;
    await loadGrantableKey(ctx, apiKeyId);
    const limits = toLimits(ctx, input);
    await db.apiKey.updateMany({ where: { organizationId, id: apiKeyId }, data: limits });
    return limits;
  },
  audit: (limits, { apiKeyId }) => ({ apiKeyId, change: "limited", ...toLimitDetails(limits) }),
  answer: () => {},
});

/**
 * Gives a key a new secret. The key keeps its id, scopes, limits and history. Its previous secret works until the overlap
 * ends, so that programs can change one after the other. Only this answer contains the new key: the database stores a
 * hash. Whoever does this must be allowed to grant each of the key's scopes.
 */
export const rotateApiKey = command({
  name: "rotateApiKey",
  action: "api-key.change",
  stepUp: true,
  input: RotateApiKey,
  run: async (ctx, { apiKeyId: id, overlapHours }) => {
    const { db, organizationId, now } = ctx;
    const { secretNumber, secretHash, previousUntil } = await loadGrantableKey(ctx, id);
    // A third secret would end the oldest, which programs may still use.
    if (previousUntil !== null && previousUntil > now) {
      throw new ServiceError("conflict", { key: "api-key.overlap-runs" });
    }
    const until =
      overlapHours === 0 ? null : new Date(now.getTime() + overlapHours * 60 * MINUTE_MS);
    const secret = await generateSecret(ctx);
    const { count } = await db.apiKey.updateMany({
      where: { organizationId, id, secretNumber },
      data: {
        secretHash: Buffer.from(hashSecret(secret)),
        secretNumber: secretNumber + 1,
        previousSecretHash: until && secretHash,
        previousUntil: until,
      },
    });
    if (count === 0) throw new ServiceError("conflict", { key: "error.changed-meanwhile" });
    return { key: formatApiKey({ organizationId, secret }), previousUntil: until };
  },
  audit: ({ previousUntil }, { apiKeyId }) => ({
    apiKeyId,
    change: "rotated",
    previousUntil: previousUntil?.toISOString() ?? "",
  }),
});

/**
 * Ends the previous secret of a key before its overlap is over, effective with the next request. Repeating it changes
 * nothing. It asks for no proof, because a secret that leaked has to stop at once.
 */
export const endKeyOverlap = command({
  name: "endKeyOverlap",
  action: "api-key.change",
  input: ApiKeyId,
  run: async (ctx, id) => {
    const { db, organizationId, now } = ctx;
    const { count } = await db.apiKey.updateMany({
      where: { organizationId, id, previousUntil: { gt: now } },
      data: { previousSecretHash: null, previousUntil: null },
    });
    if (count === 0) await assertKeyExists(ctx, id);
    return { hasEnded: count > 0 };
  },
  audit: ({ hasEnded }, apiKeyId) => (hasEnded ? { apiKeyId, change: "overlap-ended" } : null),
  answer: () => {},
});

async function assertKeyExists({ db, organizationId }: TransactionContext, id: ApiKeyId) {
  const found = await db.apiKey.count({ where: { organizationId, id } });
  if (found === 0) throw new ServiceError("not-found", { key: "error.api-key-not-found" });
}

type Limits = { expiresAt: Date | null; allowedAddresses: string[] };

function toLimits(
  { now }: TransactionContext,
  { lastDay, allowedAddresses }: Omit<LimitApiKey, "apiKeyId">,
): Limits {
  const expiresAt = lastDay === null ? null : toExpiry(lastDay);
  if (expiresAt !== null && expiresAt <= now) {
    throw new ServiceError("invalid-field", { key: "api-key.expiry-past" }, "/lastDay");
  }
  return { expiresAt, allowedAddresses: [...new Set(allowedAddresses.map(normalizeNetwork))] };
}

const toLimitDetails = ({ expiresAt, allowedAddresses }: Limits) => ({
  expiresAt: expiresAt?.toISOString() ?? "",
  addresses: allowedAddresses.join(),
});

/** Loads a key that was not revoked. Throws if the actor may not grant all of its scopes. */
export async function loadGrantableKey(ctx: TransactionContext, id: ApiKeyId) {
  const { db, organizationId } = ctx;
  const key = await db.apiKey.findFirst({ where: { organizationId, id, revokedAt: null } });
  if (key === null) throw new ServiceError("not-found", { key: "error.api-key-not-found" });
  assertMayGrantScopes(ctx, Scope.array().parse(key.scopes));
  return key;
}

/**
 * Makes the acting member the new maker of a key, so that it works again after its maker was removed or given
 * another role. They must be allowed to grant each of its scopes.
 */
export const takeOverApiKey = command({
  name: "takeOverApiKey",
  action: "api-key.change",
  stepUp: true,
  input: ApiKeyId,
  run: async (ctx, id): Promise<void> => {
    const { db, organizationId } = ctx;
    await loadGrantableKey(ctx, id);
    const makerId = findMakerId(ctx);
    await db.apiKey.updateMany({ where: { organizationId, id }, data: { makerId } });
  },
  audit: (_, apiKeyId) => ({ apiKeyId, change: "taken-over" }),
});

/** Revokes a key, effective with the next request. Repeating it changes nothing. */
export const revokeApiKey = command({
  name: "revokeApiKey",
  action: "api-key.change",
  input: ApiKeyId,
  run: async (ctx, id) => {
    const { db, organizationId, now } = ctx;
    const { count } = await db.apiKey.updateMany({
      where: { organizationId, id, revokedAt: null },
      data: { revokedAt: now },
    });
    if (count === 0) await assertKeyExists(ctx, id);
    return { isRevoked: count > 0 };
  },
  audit: ({ isRevoked }, apiKeyId) => (isRevoked ? { apiKeyId, change: "revoked" } : null),
  answer: () => {},
});

/** Throws `forbidden` unless the actor is a member who may grant all these scopes (`mayGrantScope`). */
function assertMayGrantScopes({ actor }: ServiceContext, scopes: readonly Scope[]): void {
  const index = scopes.findIndex(
    (scope) => actor.type !== "member" || !mayGrantScope(actor.role, scope),
  );
  const [scope] = scopes.slice(index, index + 1);
  if (index < 0 || scope === undefined) return;
  const roles = Role.options.filter((role) => mayGrantScope(role, scope)).join(", ");
  const explanation = { key: "api-key.scope-not-yours", values: { scope, roles } } as const;
  throw new ServiceError("forbidden", explanation, `/scopes/${index}`);
}

/**
 * Returns the acting member, to be saved as a key's maker. Null if the actor is not a member of the
 * organization (the demo).
 */
const findMakerId = ({ actor }: ServiceContext): MemberId | null =>
  actor.type === "member" ? (MemberId.safeParse(actor.id).data ?? null) : null;
