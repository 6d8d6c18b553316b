import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";
import { z } from "zod";
import {
  type ProviderRefusal,
  type ProviderSignIn,
  decideProviderSignIn,
  findFreshUntil,
} from "@ringfence/core/account/identity-provider";
import { describeDevice } from "@ringfence/core/account/member";
import { MemberId, OrganizationId } from "@ringfence/core/ids";
import type { Locale } from "@ringfence/core/platform/message";
import {
  type Installation,
  ServiceError,
  type TransactionContext,
  appendAudit,
  findNetwork,
  holdLock,
  inTransaction,
  sealSecret,
  shareLock,
} from "../../platform/internal.ts";
import {
  type SessionKey,
  type SignInSource,
  ensureBrowserToken,
  insertMember,
  lockOwnersAnd,
  openSession,
  recordMemberEvent,
  toActor,
} from "../member/internal.ts";
import {
  type Person,
  type ProviderTokens,
  connectOwnProviderCached,
  connectOwnProvider,
  loadPerson,
} from "./ask-provider.ts";
import { endAccess, followPosition } from "./follow-groups.ts";
import {
  type ProviderRow,
  asChanger,
  findProviderRow,
  loadProvider,
  providerActor,
} from "./provider-row.ts";

/**
 * State of a sign-in while the browser is at the provider. The browser keeps it, encrypted, so that the provider's answer
 * counts only in this browser and for this attempt.
 */
export const ProviderFlow = z.object({
  organizationId: OrganizationId,
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
});
export type ProviderFlow = z.infer<typeof ProviderFlow>;

type SignInRequest = {
  redirectUri: string;
  /** True for somebody who is signed in and proves again who they are: the provider must ask them, even if it knows them. */
  isProof: boolean;
};

/**
 * Begins a sign-in at the organization's provider. Returns the provider's page, to which the browser goes, and what it
 * has to keep; null if the organization has no provider. Throws if the provider does not answer.
 */
export async function startProviderSignIn(
  installation: Installation,
  organizationId: OrganizationId,
  { redirectUri, isProof }: SignInRequest,
): Promise<{ url: string; flow: ProviderFlow } | null> {
  const row = await loadProvider(installation, organizationId);
  if (row === null) return null;
  const config = await connectOwnProviderCached(installation, organizationId, row, row.now);
  const flow = {
    organizationId,
    state: randomState(),
    nonce: randomNonce(),
    codeVerifier: randomPKCECodeVerifier(),
  };
  const url = buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: row.scopes,
    state: flow.state,
    nonce: flow.nonce,
    code_challenge: await calculatePKCECodeChallenge(flow.codeVerifier),
    code_challenge_method: "S256",
    ...(isProof && { max_age: "0", prompt: "login" }),
  });
  // Anybody between could change a page that is not encrypted, and it asks for passwords.
  if (url.protocol !== new URL(row.issuer).protocol && url.protocol !== "https:") {
    throw new Error("the provider's sign-in page is not encrypted");
  }
  return { url: url.href, flow };
}

/** `failed`: the provider did not sign the person in, or its answer is not valid. */
export type ProviderSignInOutcome =
  | { outcome: "started"; session: SessionKey; browser: string }
  | { outcome: "refused"; reason: ProviderRefusal }
  | { outcome: "failed"; error: unknown };

type Return = {
  /** Address to which the browser came back, with the provider's answer. */
  url: URL;
  flow: ProviderFlow;
  /** IP address of the request. */
  address: string | null;
  /** Cookie value by which the browser is known, if it has one. */
  browser: string | null;
  userAgent: string | null;
  /** Language of the browser, for a new member. */
  locale: Locale;
};

/** Finishes a sign-in at the provider: checks its answer, finds or makes the member, and opens a session. */
export async function finishProviderSignIn(
  installation: Installation,
  { url, flow, address, browser, userAgent, locale }: Return,
): Promise<ProviderSignInOutcome> {
  const { organizationId } = flow;
  const row = await loadProvider(installation, organizationId);
  if (row === null) return { outcome: "failed", error: new Error("no provider") };
  const answer = await readAnswer(installation, row, { url, flow }).catch((error: unknown) => ({
    outcome: "failed" as const,
    error,
  }));
  if ("outcome" in answer) return answer;

  const source = {
    network: address === null ? null : findNetwork(address),
    browser: ensureBrowserToken(installation.keys, browser),
    device: describeDevice(userAgent),
  };
  const entered = await inTransaction(
    { ...installation, organizationId, actor: providerActor },
    (ctx) => enter(ctx, { ...answer, locale }, source, row.changedAt),
  ).catch((error: unknown) => {
    // An owner has just added somebody with this address. The next attempt links them.
    if (error instanceof ServiceError && error.code === "conflict")
      return { outcome: "failed" as const, error };
    throw error;
  });
  return "session" in entered
    ? { outcome: "started", ...entered, browser: source.browser }
    : entered;
}

/** Somebody who came back from the provider. */
type Answer = Person & {
  issuer: string;
  sid: string | null;
  /** Time at which the provider asked them who they are; null if it does not say. */
  authenticatedAt: Date | null;
  tokens: ProviderTokens;
};
/** The same, with the language that they get if they become a member. */
type Newcomer = Answer & Pick<Return, "locale">;

async function readAnswer(
  installation: Installation,
  row: ProviderRow,
  { url, flow }: Pick<Return, "url" | "flow">,
): Promise<Answer> {
  const config = await connectOwnProvider(installation, flow.organizationId, row);
  const tokens = await authorizationCodeGrant(config, url, {
    expectedState: flow.state,
    expectedNonce: flow.nonce,
    pkceCodeVerifier: flow.codeVerifier,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (claims === undefined) throw new Error("no ID token");
  return {
    ...(await loadPerson(config, row, {
      claims,
      subject: claims.sub,
      access_token: tokens.access_token,
    })),
    issuer: config.serverMetadata().issuer,
    sid: typeof claims.sid === "string" ? claims.sid : null,
    authenticatedAt:
      typeof claims.auth_time === "number" ? new Date(claims.auth_time * 1_000) : null,
    tokens: { accessToken: tokens.access_token, refreshToken: tokens.refresh_token ?? null },
  };
}

/**
 * Decides and records a sign-in. Those of one organization run one after another, and the settings do not change until it
 * is recorded. It fails if they were changed after `settingsChangedAt`, the version under which the provider was asked.
 */
async function enter(
  ctx: TransactionContext,
  answer: Newcomer,
  source: SignInSource,
  settingsChangedAt: Date,
): Promise<{ session: SessionKey } | Exclude<ProviderSignInOutcome, { outcome: "started" }>> {
  await holdLock(ctx, "provider-sign-ins");
  await shareLock(ctx, "identity-provider");
  const row = await findProviderRow(ctx);
  if (row === null || row.changedAt.getTime() !== settingsChangedAt.getTime()) {
    return { outcome: "failed", error: new Error("the provider was changed while it was asked") };
  }
  const decision = await decide(ctx, row, answer);
  if (decision.is === "refuse") {
    await appendAudit(ctx, "session.refuse", { why: decision.reason });
    if (decision.reason === "no-group" && decision.linked !== null) {
      await endAccess(ctx, decision.linked);
    }
    return { outcome: "refused", reason: decision.reason };
  }
  const memberId = await carryOut(ctx, row, answer, decision);
  const { role, sellerIds } = decision.position;
  const opened = await openSession(
    { ...ctx, actor: toActor({ memberId, role, sellerIds }) },
    memberId,
    source,
    { by: "provider", authenticatedAt: answer.authenticatedAt },
  );
  if (opened === null) return { outcome: "refused", reason: "removed" };
  const { awaitsFactor: _, ...session } = opened;
  await saveProviderSession(ctx, session, answer);
  return { session };
}

/** Gathers the facts of a sign-in, locks whom it concerns, and decides. */
async function decide(ctx: TransactionContext, row: ProviderRow, answer: Answer) {
  const { db, organizationId } = ctx;
  const { issuer, subject, groups, email, isEmailVerified } = answer;
  const account = await db.providerAccount.findUnique({
    where: { organizationId_issuer_subject: { organizationId, issuer, subject } },
    select: { memberId: true, member: { select: { removedAt: true } } },
  });
  const sameEmail =
    email === null
      ? null
      : await db.member.findFirst({
          where: { organizationId, email, removedAt: null },
          select: { id: true, accounts: { where: { issuer, subject: { not: subject } } } },
        });
  const owners = await lockOwnersAnd(ctx, account?.memberId ?? sameEmail?.id ?? null);
  const linked = account && MemberId.parse(account.memberId);
  const decision = decideProviderSignIn({
    groups,
    positions: row.groups,
    email,
    isEmailVerified,
    linked:
      account === null || linked === null
        ? null
        : { memberId: linked, isRemoved: account.member.removedAt !== null },
    sameEmail: sameEmail && {
      memberId: MemberId.parse(sameEmail.id),
      isLinkedElsewhere: sameEmail.accounts.length > 0,
    },
    emergencyOwnerId: row.emergencyOwnerId,
    onlyOwnerId: owners.onlyOwnerId,
  });
  return { ...decision, linked };
}

type Admission = Exclude<ProviderSignIn, { is: "refuse" }>;

/** Makes, links or changes the member as decided, and returns their id. */
async function carryOut(
  ctx: TransactionContext,
  row: ProviderRow,
  answer: Newcomer,
  decision: Admission,
): Promise<MemberId> {
  if (decision.is === "join") {
    const { role, sellerIds } = decision.position;
    const memberId = await insertMember(ctx, {
      name: answer.name ?? decision.email,
      email: decision.email,
      role,
      sellerIds,
      passwordHash: "",
      hasFirstPassword: false,
      locale: answer.locale,
    });
    await link(ctx, row, answer, memberId, "added");
    return memberId;
  }
  if (decision.is === "link") await link(ctx, row, answer, decision.memberId, "linked");
  await followPosition(ctx, row, decision.memberId, decision.position);
  return decision.memberId;
}

/**
 * Links a member to the account at the provider, also if the account was linked to a removed member before. A password
 * that somebody else gave them no longer works, nor does a link to choose one. Whoever set up the provider could have
 * signed in as them, so the two are not independent for a while.
 */
async function link(
  ctx: TransactionContext,
  row: ProviderRow,
  { issuer, subject }: Answer,
  memberId: MemberId,
  change: "added" | "linked",
) {
  const { db, organizationId, now: linkedAt } = ctx;
  const account = { organizationId, issuer, subject };
  const linked = { memberId, linkedAt };
  await db.providerAccount.createMany({ data: { ...account, ...linked }, skipDuplicates: true });
  await db.providerAccount.updateMany({ where: account, data: linked });
  await db.member.updateMany({
    where: { organizationId, id: memberId, hasFirstPassword: true },
    data: { passwordHash: "", hasFirstPassword: false },
  });
  await db.memberLink.deleteMany({ where: { organizationId, memberId } });
  const kind = change === "added" ? "added" : "reset";
  await recordMemberEvent(asChanger(ctx, row), { memberId, kind });
  await appendAudit(ctx, "member.link", { memberId, change });
}

async function saveProviderSession(
  { db, keys, organizationId, now }: TransactionContext,
  { sessionId }: SessionKey,
  { issuer, subject, sid, tokens }: Answer,
) {
  await db.session.update({
    where: { organizationId_id: { organizationId, id: sessionId } },
    data: { freshUntil: findFreshUntil(now) },
  });
  await db.providerSession.create({
    data: {
      organizationId,
      sessionId,
      issuer,
      subject,
      sid,
      tokens: sealSecret(keys, organizationId, JSON.stringify(tokens)),
      readAt: now,
    },
  });
}
