import { z } from "zod";
import { Issuer, SaveIdentityProvider } from "@ringfence/core/account/identity-provider";
import { MemberId, OrganizationId } from "@ringfence/core/ids";
import {
  type Installation,
  type RootContext,
  ServiceError,
  type TransactionContext,
  command,
  holdLock,
  query,
  sealSecret,
} from "../../platform/internal.ts";
import { assertStillOwner, lockOwnersAnd, requireMemberId } from "../member/internal.ts";
import { resolveSellerIds } from "../seller/internal.ts";
import { type ProviderRow, findProviderRow, loadProvider } from "./provider-row.ts";
import {
  type IssuerFault,
  connectProvider,
  createProviderFetch,
  findIssuerFault,
} from "./reach-provider.ts";

/** Reads the settings of the identity provider, without the client secret; null if the organization has no provider. */
export const readIdentityProvider = query({
  name: "readIdentityProvider",
  action: "identity-provider.read",
  run: async (ctx) => {
    const row = await findProviderRow(ctx);
    if (row === null) return null;
    const { clientSecret: _, changedById: _by, ...settings } = row;
    return settings;
  },
  audit: "none",
});

/** Lists the owners from whom one can be chosen to keep a password when the provider is required. */
export const listEmergencyOwners = query({
  name: "listEmergencyOwners",
  action: "identity-provider.read",
  run: (ctx) => loadEmergencyOwners(ctx),
  audit: "none",
});

/**
 * Loads the owners who chose their password themselves, and do not sign in at the provider, so that no group changes
 * their role.
 */
async function loadEmergencyOwners({ db, organizationId }: TransactionContext) {
  const owners = await db.member.findMany({
    where: {
      organizationId,
      role: "owner",
      removedAt: null,
      hasFirstPassword: false,
      passwordHash: { not: "" },
      accounts: { none: {} },
    },
    select: { id: true, name: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  return owners.map(({ id, name }) => ({ id: MemberId.parse(id), name }));
}

/**
 * Connects the organization to an identity provider, or changes its settings. Changed groups take effect at the members'
 * next click. Sessions that began at another issuer or client end. If the provider is required, sessions that did not begin
 * there (password or passkey) end too, except those of the emergency owner.
 */
export const saveIdentityProvider = command({
  name: "saveIdentityProvider",
  action: "identity-provider.change",
  stepUp: true,
  input: SaveIdentityProvider,
  run: async (ctx, { clientSecret, groups, ...settings }) => {
    await lockForChange(ctx);
    const before = await findProviderRow(ctx);
    const emergencyOwnerId = await resolveEmergencyOwner(ctx, settings);
    const row = {
      ...settings,
      emergencyOwnerId,
      clientSecret: resolveSecret(ctx, before, settings, clientSecret),
      groups: await resolveGroups(ctx, groups),
      changedById: requireMemberId(ctx),
      changedAt: ctx.now,
    };
    const { organizationId } = ctx;
    const { identityProvider } = ctx.db;
    if (before === null) await identityProvider.create({ data: { ...row, organizationId } });
    else await identityProvider.update({ where: { organizationId }, data: row });
    await adjustSessions(ctx, before, row);
    return { isNew: before === null };
  },
  audit: ({ isNew }, { issuer, groups, isRequired, emergencyOwnerId }) => ({
    change: isNew ? "connected" : "settings",
    host: new URL(issuer).host,
    groups: groups.length,
    isRequired,
    memberId: isRequired ? emergencyOwnerId : null,
  }),
  answer: () => {},
});

/**
 * Locks the provider's settings for a change. It waits for sign-ins that began under the present settings, because the
 * change may have to end their sessions. Later sign-ins and changes of owners wait until the transaction ends. Asserts
 * that the actor is still an owner.
 */
async function lockForChange(ctx: TransactionContext) {
  await holdLock(ctx, "identity-provider");
  await lockOwnersAnd(ctx, null);
  await assertStillOwner(ctx);
}

/** Keeps the secret if none is given, but only for the address for which it was entered. */
function resolveSecret(
  { keys, organizationId }: TransactionContext,
  before: ProviderRow | null,
  { issuer }: Pick<ProviderRow, "issuer">,
  clientSecret: string | undefined,
) {
  if (clientSecret !== undefined) return sealSecret(keys, organizationId, clientSecret);
  if (before?.issuer === issuer) return new Uint8Array(before.clientSecret);
  throw new ServiceError("invalid", { key: "identity-provider.no-secret" }, "/clientSecret");
}

async function resolveGroups(ctx: TransactionContext, groups: SaveIdentityProvider["groups"]) {
  const resolved: SaveIdentityProvider["groups"] = [];
  for (const [index, group] of groups.entries()) {
    const sellerIds = await resolveSellerIds(ctx, group.sellerIds, `/groups/${index}/sellerIds`);
    resolved.push({ ...group, sellerIds });
  }
  return resolved;
}

/** Returns the owner who may still sign in with a password; null if all members may. */
async function resolveEmergencyOwner(
  ctx: TransactionContext,
  { isRequired, emergencyOwnerId }: Pick<SaveIdentityProvider, "isRequired" | "emergencyOwnerId">,
): Promise<MemberId | null> {
  if (!isRequired) return null;
  const owners = await loadEmergencyOwners(ctx);
  const owner = owners.find(({ id }) => id === emergencyOwnerId);
  if (owner !== undefined) return owner.id;
  throw new ServiceError(
    "invalid",
    { key: "identity-provider.no-emergency-owner" },
    "/emergencyOwnerId",
  );
}

type Current = Pick<ProviderRow, "issuer" | "clientId" | "isRequired" | "emergencyOwnerId">;

/**
 * Ends the sessions that the new settings no longer allow, and has the groups of the others read again. `freshUntil` is
 * null for sessions that began with a password or a passkey.
 */
async function adjustSessions(
  { db, organizationId, now }: TransactionContext,
  before: ProviderRow | null,
  { issuer, clientId, isRequired, emergencyOwnerId }: Current,
) {
  const isSame = before?.issuer === issuer && before.clientId === clientId;
  if (!isSame) {
    await db.session.deleteMany({ where: { organizationId, freshUntil: { not: null } } });
  }
  await db.session.updateMany({
    where: { organizationId, freshUntil: { gt: now } },
    data: { freshUntil: now },
  });
  if (!isRequired || emergencyOwnerId === null) return;
  await db.session.deleteMany({
    where: { organizationId, freshUntil: null, memberId: { not: emergencyOwnerId } },
  });
}

/**
 * Disconnects the provider. Sessions that began there end. Members who have no password need a link from an owner to
 * choose one.
 */
export const disconnectIdentityProvider = command({
  name: "disconnectIdentityProvider",
  action: "identity-provider.change",
  stepUp: true,
  run: async (ctx) => {
    const { db, organizationId } = ctx;
    await lockForChange(ctx);
    await assertSomebodyStays(ctx);
    const { count } = await db.identityProvider.deleteMany({ where: { organizationId } });
    await db.session.deleteMany({ where: { organizationId, freshUntil: { not: null } } });
    return { isDisconnected: count > 0 };
  },
  audit: ({ isDisconnected }) => (isDisconnected ? { change: "disconnected" } : null),
  answer: () => {},
});

/** Asserts that an owner has a password, even one they must still replace: they can sign in and help the others. */
async function assertSomebodyStays({ db, organizationId }: TransactionContext) {
  const owners = await db.member.count({
    where: { organizationId, role: "owner", removedAt: null, passwordHash: { not: "" } },
  });
  if (owners === 0) throw new ServiceError("conflict", { key: "identity-provider.no-password" });
}

/** Checks that an address answers as an identity provider. Returns why it does not; null if it does. */
export const checkIdentityProvider = query({
  name: "checkIdentityProvider",
  action: "identity-provider.change",
  input: z.object({ issuer: Issuer }),
  transaction: "by run",
  run: async (ctx: RootContext, { issuer }): Promise<{ fault: IssuerFault | null }> => {
    const send = await createProviderFetch(ctx, ctx.organizationId);
    try {
      const config = await connectProvider(send, { issuer, clientId: "check", clientSecret: "" });
      const { authorization_endpoint, token_endpoint, jwks_uri } = config.serverMetadata();
      const isComplete = authorization_endpoint && token_endpoint && jwks_uri;
      return { fault: isComplete ? null : "no-provider" };
    } catch (error) {
      return { fault: findIssuerFault(error) };
    }
  },
  audit: "none",
});

/**
 * Finds the provider that a sign-in page offers: that of the given organization, or of the only one of this installation.
 * Null if there is none.
 */
export async function findSignInOffer(
  installation: Installation,
  organizationId: OrganizationId | null,
): Promise<{ organizationId: OrganizationId; name: string } | null> {
  const id = organizationId ?? (await findOnlyOrganization(installation));
  const row = id && (await loadProvider(installation, id));
  return row && { organizationId: id, name: row.name };
}

async function findOnlyOrganization({ db }: Installation): Promise<OrganizationId | null> {
  const [first, second] = await db.prisma.organization.findMany({ select: { id: true }, take: 2 });
  return first && !second ? OrganizationId.parse(first.id) : null;
}
