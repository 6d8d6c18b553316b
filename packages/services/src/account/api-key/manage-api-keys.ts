import {
  LimitApiKey,
  MakeApiKey,
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
async function loadGrantableKey(ctx: TransactionContext, id: ApiKeyId) {
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
    const found = await db.apiKey.count({ where: { organizationId, id } });
    if (found === 0) throw new ServiceError("not-found", { key: "error.api-key-not-found" });
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
