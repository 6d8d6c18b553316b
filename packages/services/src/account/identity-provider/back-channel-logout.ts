import {
  type FetchImplementation,
  type RemoteJWKSet,
  createRemoteJWKSet,
  customFetch,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  jwtVerify,
} from "jose";
// oxlint-disable-next-line house/no-ambient-input -- a hash alone
import { hash } from "node:crypto";
import { z } from "zod";
import type { OrganizationId } from "@ringfence/core/ids";
import {
  type Installation,
  type TransactionContext,
  appendAudit,
  inTransaction,
} from "../../platform/internal.ts";
import { type ProviderRow, loadProvider, providerActor } from "./provider-row.ts";
import { connectOwnProviderCached } from "./ask-provider.ts";
import { createProviderFetch } from "./reach-provider.ts";

const EVENT = "http://schemas.openid.net/event/backchannel-logout";

/** Signatures by the provider's own key. With `HS256`, whoever knows the client secret could sign; with `none`, anybody. */
const ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
];
const EDWARDS = ["EdDSA", "Ed25519"];

/** Greatest age of a token. The provider sends it at once. */
const MAX_AGE_SECONDS = 120;
/** Greatest difference between the clocks of the provider and of this host. */
const TOLERANCE_SECONDS = 30;

/**
 * Claims of a logout token (OpenID Connect Back-Channel Logout 1.0, 2.4). An ID token does not pass for one: it has no
 * `events`, and a nonce is refused. The standard also requires `exp`, which some providers leave out.
 */
const LogoutClaims = z
  .object({
    jti: z.string().min(1).max(500),
    exp: z.number().optional(),
    iat: z.number(),
    sub: z.string().min(1).optional(),
    sid: z.string().min(1).optional(),
    nonce: z.undefined().optional(),
    events: z.object({ [EVENT]: z.record(z.string(), z.unknown()) }),
  })
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined);
type LogoutClaims = z.infer<typeof LogoutClaims>;

/** `no-provider`: the organization has none. `unanswered`: the provider's keys cannot be read or used now. */
export type LogoutOutcome =
  | { outcome: "done"; ended: number }
  | { outcome: "invalid" | "replayed" | "no-provider" | "unanswered" };

/**
 * Ends the sessions that a logout token of the provider names. With `sid`, those that began with this session at the
 * provider; with `sub` alone, all of the person. Nobody is signed in here; the token's signature proves who sends it.
 */
export async function endSessionsByLogoutToken(
  installation: Installation,
  organizationId: OrganizationId,
  token: string,
): Promise<LogoutOutcome> {
  const row = await loadProvider(installation, organizationId);
  if (row === null) return { outcome: "no-provider" };
  // The provider is not asked because of a token that is not addressed to us.
  if (!isAddressed(token, row)) return { outcome: "invalid" };
  const keys = await findKeys(installation, organizationId, row).catch(() => null);
  if (keys === null) return { outcome: "unanswered" };
  const claims = await verify(token, row, keys);
  if (typeof claims === "string") return { outcome: claims };
  return inTransaction({ ...installation, organizationId, actor: providerActor }, (ctx) =>
    endSessions(ctx, keys.issuer, claims),
  );
}

/**
 * True if a token claims to be a logout token for us. Its signature is not checked yet. A token without a type, or with
 * the type `JWT`, passes.
 */
function isAddressed(token: string, { clientId }: ProviderRow): boolean {
  try {
    const { aud } = decodeJwt(token);
    const { alg, typ = "logout+jwt" } = decodeProtectedHeader(token);
    const isType = /^((application\/)?logout\+jwt|jwt)$/i.test(typ);
    return (
      isType && [...ALGORITHMS, ...EDWARDS].includes(alg ?? "") && [aud].flat().includes(clientId)
    );
  } catch {
    return false;
  }
}

type ProviderKeys = { issuer: string; keySet: RemoteJWKSet };

/**
 * Keys of providers by organization, with their address, so that a flood of tokens does not become a flood of requests
 * to the provider. `jose` reads the keys again when they are old, or when a token names another.
 */
const keysByOrganization = new Map<OrganizationId, KnownKeys>();

/** Keys, with their address and the time of the settings under which they were found. */
type KnownKeys = ProviderKeys & { address: string; changedAt: number };

/**
 * Finds the provider's keys, without reading them yet. Their address comes from the discovery document, which
 * `connectOwnProviderCached` reads again after a minute, because a provider may move its keys. While the document
 * cannot be read, the keys known under the present settings stay.
 */
async function findKeys(
  installation: Installation,
  organizationId: OrganizationId,
  row: ProviderRow & { now: Date },
): Promise<ProviderKeys> {
  const changedAt = row.changedAt.getTime();
  const known = keysByOrganization.get(organizationId);
  let metadata;
  try {
    metadata = (
      await connectOwnProviderCached(installation, organizationId, row, row.now)
    ).serverMetadata();
  } catch (error) {
    if (known?.changedAt === changedAt) return known;
    throw error;
  }
  const { issuer, jwks_uri: address } = metadata;
  if (address === undefined) throw new Error("the provider names no keys");
  if (known?.address === address) {
    const found = { ...known, issuer, changedAt };
    keysByOrganization.set(organizationId, found);
    return found;
  }
  const send: FetchImplementation = await createProviderFetch(installation, organizationId);
  const keySet = createRemoteJWKSet(new URL(address), { [customFetch]: send });
  const found = { issuer, keySet, address, changedAt };
  keysByOrganization.set(organizationId, found);
  return found;
}

/** Checks a token and returns its claims, or says why not. The provider's keys are read here, if need be. */
async function verify(
  token: string,
  { clientId }: ProviderRow,
  { issuer, keySet }: ProviderKeys,
): Promise<LogoutClaims | "invalid" | "unanswered"> {
  try {
    const { payload } = await jwtVerify(token, keySet, {
      issuer,
      audience: clientId,
      algorithms: [...ALGORITHMS, ...EDWARDS],
      maxTokenAge: MAX_AGE_SECONDS,
      clockTolerance: TOLERANCE_SECONDS,
    });
    return LogoutClaims.safeParse(payload).data ?? "invalid";
  } catch (error) {
    return isTokenFault(error) ? "invalid" : "unanswered";
  }
}

/** Error codes of `jose` for keys that cannot be read or are not valid. The first is for a response without keys. */
const keyFaults: ReadonlySet<string> = new Set([
  errors.JOSEError.code,
  errors.JWKSTimeout.code,
  errors.JWKSInvalid.code,
]);

/** True if the token is at fault. An error that is not `jose`'s own comes from the request for the keys. */
const isTokenFault = (error: unknown): boolean =>
  error instanceof errors.JOSEError && !keyFaults.has(error.code);

async function endSessions(
  ctx: TransactionContext,
  issuer: string,
  { jti, iat, exp, sub, sid }: LogoutClaims,
): Promise<LogoutOutcome> {
  const { db, organizationId, now } = ctx;
  await db.logoutToken.deleteMany({ where: { organizationId, expiresAt: { lte: now } } });
  // After that, `verify` refuses the token because of its age.
  const last = Math.max(iat + MAX_AGE_SECONDS, exp ?? 0) + 2 * TOLERANCE_SECONDS;
  const { count: created } = await db.logoutToken.createMany({
    data: {
      organizationId,
      idHash: hash("sha256", `${issuer} ${jti}`, "hex"),
      expiresAt: new Date(last * 1_000),
    },
    skipDuplicates: true,
  });
  if (created === 0) return { outcome: "replayed" };

  const ended = await (sid === undefined
    ? endAllSessions(ctx, { issuer, subject: sub ?? "" })
    : endProviderSessions(ctx, { issuer, sid, ...(sub !== undefined && { subject: sub }) }));
  return { outcome: "done", ended };
}

/** Ends all sessions of a person, also those that began with a password. */
async function endAllSessions(
  ctx: TransactionContext,
  { issuer, subject }: { issuer: string; subject: string },
): Promise<number> {
  const { db, organizationId } = ctx;
  const account = await db.providerAccount.findUnique({
    where: { organizationId_issuer_subject: { organizationId, issuer, subject } },
    select: { memberId: true },
  });
  if (account === null) return 0;
  const { memberId } = account;
  const { count } = await db.session.deleteMany({ where: { organizationId, memberId } });
  if (count > 0)
    await appendAudit(ctx, "session.end-by-provider", { ...account, ...logout(count) });
  return count;
}

/** Ends the sessions that began with one session at the provider, and no other sessions of the person. */
async function endProviderSessions(
  ctx: TransactionContext,
  which: { issuer: string; sid: string; subject?: string },
): Promise<number> {
  const { db, organizationId } = ctx;
  const ended = await db.session.findMany({
    where: { organizationId, atProvider: which },
    select: { id: true, memberId: true },
  });
  for (const { id, memberId } of ended) {
    await db.session.deleteMany({ where: { organizationId, id } });
    await appendAudit(ctx, "session.end-by-provider", { memberId, ...logout(1) });
  }
  return ended.length;
}

const logout = (count: number) => ({ why: "logout", sessions: count });
