import { refreshTokenGrant } from "openid-client";
import { sql } from "kysely";
import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import {
  type GroupPosition,
  type ProviderRefusal,
  findFreshUntil,
  findPosition,
  findPositionRefusal,
} from "@ringfence/core/account/identity-provider";
import { MemberId, type SessionId } from "@ringfence/core/ids";
import {
  type Installation,
  type TransactionContext,
  appendAudit,
  inTransaction,
  openSecret,
  sealSecret,
  selectRows,
} from "../../platform/internal.ts";
import {
  type CurrentMember,
  type SessionKey,
  findCurrentMember,
  lockOwnersAnd,
  recordMemberEvent,
} from "../member/internal.ts";
import { ProviderTokens, connectOwnProvider, loadPerson } from "./ask-provider.ts";
import { type ProviderRow, asChanger, findProviderRow, providerActor } from "./provider-row.ts";
import { classifyProviderError } from "./reach-provider.ts";

/**
 * Finds the signed-in member of a session, as `findCurrentMember` does. If the session began at the identity provider
 * and the groups were read some minutes ago, reads them again first: the role follows them, and the session ends if
 * the provider no longer vouches for the member.
 */
export async function findMemberOfSession(
  installation: Installation,
  key: SessionKey,
): Promise<CurrentMember | null> {
  const member = await findCurrentMember(installation.db, key);
  if (member !== null) return member;
  await readGroupsAgain({ ...installation, organizationId: key.organizationId }, key);
  return findCurrentMember(installation.db, key);
}

/** Seconds for which one request may read the groups: enough for four requests to the provider. */
const READING_SECONDS = 20;
const POLL_MS = 50;

type Within = Installation & Pick<SessionKey, "organizationId">;

/**
 * Reads the groups of a session again if they are no longer fresh. Requests of one page come at once: the first one
 * reads, because a refresh token works once, and the others wait for it. If the provider does not answer the first one,
 * the others do not ask again: each would wait as long.
 */
async function readGroupsAgain(within: Within, key: SessionKey) {
  const ctx = { ...within, actor: providerActor };
  for (let hasWaited = false; ;) {
    const claim = await inTransaction(ctx, (ctx) => claimReading(ctx, key, hasWaited));
    if (claim === "not stale" || claim === "unanswered") return;
    if (claim !== "being read") {
      if (await finishReading(within, claim)) return;
      continue;
    }
    hasWaited = true;
    await setTimeout(POLL_MS);
  }
}

const StaleSession = z.object({
  memberId: MemberId,
  subject: z.string(),
  issuer: z.string(),
  tokens: z.instanceof(Uint8Array),
  isBeingRead: z.boolean(),
  /**
   * True if no reading is marked as begun. False while one runs, after one that was killed, and if one must be
   * repeated.
   */
  isEnded: z.boolean(),
});
type StaleSession = z.infer<typeof StaleSession> & { key: SessionKey; row: ProviderRow };

/**
 * Claims the reading of a session's groups, unless another request is reading them. `hasWaited` is true for a request
 * that has waited for another one.
 */
async function claimReading(
  ctx: TransactionContext,
  key: SessionKey,
  hasWaited: boolean,
): Promise<StaleSession | "being read" | "not stale" | "unanswered"> {
  const { db, organizationId, now } = ctx;
  const { sessionId } = key;
  // A separate statement, so that the next one sees what another request has just finished.
  await db.$queryRaw`SELECT FROM provider_session
    WHERE organization_id = ${organizationId}::uuid AND session_id = ${sessionId}::uuid FOR UPDATE`;
  const [stale] = await selectRows(
    { db },
    StaleSession,
    sql`
    SELECT member_id AS "memberId", subject, issuer, tokens,
      coalesce(reading_until > clock_timestamp(), false) AS "isBeingRead",
      reading_until IS NULL AS "isEnded"
    FROM provider_session
    JOIN session ON session.organization_id = provider_session.organization_id AND id = session_id
    WHERE provider_session.organization_id = ${organizationId}::uuid
      AND session_id = ${sessionId}::uuid AND fresh_until <= clock_timestamp() AND expires_at > clock_timestamp()`,
  );
  const row = stale && (await findProviderRow(ctx));
  if (!stale || !row) return "not stale";
  if (stale.isBeingRead) return "being read";
  if (hasWaited && stale.isEnded) return "unanswered";

  await db.providerSession.update({
    where: { organizationId_sessionId: { organizationId, sessionId } },
    data: { readingUntil: new Date(now.getTime() + READING_SECONDS * 1_000) },
  });
  return { ...stale, key, row };
}

/** Asks the provider and records its answer. False if the settings changed meanwhile, so it has to be asked again. */
async function finishReading(within: Within, stale: StaleSession): Promise<boolean> {
  const answer = await askForGroups(within, stale);
  return inTransaction({ ...within, actor: providerActor }, async (ctx) => {
    if (answer === "unanswered") await goOnUnanswered(ctx, stale.key);
    else if (answer === "refused") await endByProvider(ctx, stale, "provider-refused");
    else return follow(ctx, stale, answer);
    return true;
  });
}

/** `groups` is null if the provider says nothing about them. */
type Groups = { groups: readonly string[] | null; tokens: ProviderTokens };

/**
 * Asks the provider for new tokens, and for the groups of the person now. `refused`: it no longer vouches for this
 * person, or the settings name another provider. `unanswered`: it may answer later.
 */
async function askForGroups(
  within: Within,
  { row, issuer, subject, tokens }: StaleSession,
): Promise<Groups | "unanswered" | "refused"> {
  const { keys, organizationId } = within;
  const { accessToken, refreshToken } = ProviderTokens.parse(
    JSON.parse(openSecret(keys, organizationId, tokens)),
  );
  try {
    const config = await connectOwnProvider(within, organizationId, row);
    if (config.serverMetadata().issuer !== issuer) return "refused";
    const renewed = refreshToken === null ? null : await refreshTokenGrant(config, refreshToken);
    const claims = renewed?.claims();
    if (claims !== undefined && claims.sub !== subject) return "refused";
    const access_token = renewed?.access_token ?? accessToken;
    const { groups } = await loadPerson(config, row, { claims, subject, access_token });
    const next = renewed?.refresh_token ?? refreshToken;
    return { groups, tokens: { accessToken: access_token, refreshToken: next } };
  } catch (error) {
    return classifyProviderError(error);
  }
}

/** Lets the groups count a little longer, because the provider does not answer. */
async function goOnUnanswered({ db, organizationId, now }: TransactionContext, key: SessionKey) {
  const { sessionId } = key;
  const where = { organizationId, sessionId };
  const session = await db.providerSession.findFirst({ where, select: { readAt: true } });
  if (session === null) return;
  await db.session.updateMany({
    where: { organizationId, id: sessionId },
    data: { freshUntil: findFreshUntil(session.readAt, now) },
  });
  await db.providerSession.updateMany({ where, data: { readingUntil: null } });
}

/**
 * Gives the member the role and sellers of their groups as they are now, or ends the session. False if an owner changed
 * the settings while the provider was asked: then only the new tokens are saved.
 */
async function follow(
  ctx: TransactionContext,
  stale: StaleSession,
  { groups, tokens }: Groups,
): Promise<boolean> {
  const { memberId } = stale;
  if (groups === null) {
    // Nobody loses anything by a mistake in the settings. The session counts again when the provider names groups.
    await saveReading(ctx, stale.key, tokens, null);
    await goOnUnanswered(ctx, stale.key);
    return true;
  }
  const owners = await lockOwnersAnd(ctx, memberId);
  const row = await findProviderRow(ctx);
  if (row?.changedAt.getTime() !== stale.row.changedAt.getTime()) {
    await saveReading(ctx, stale.key, tokens, null);
    return false;
  }
  const position = findPosition(groups, row.groups);
  const refusal =
    position === null
      ? "no-group"
      : findPositionRefusal(memberId, position, {
          emergencyOwnerId: row.emergencyOwnerId,
          onlyOwnerId: owners.onlyOwnerId,
        });
  if (position === null || refusal !== null) {
    await endByProvider(ctx, stale, refusal ?? "no-group");
    return true;
  }
  await followPosition(ctx, row, memberId, position);
  await saveReading(ctx, stale.key, tokens, ctx.now);
  return true;
}

/**
 * Saves the provider's new tokens, which replace the old ones, and when the groups were read; null if they still have to
 * be read, by whoever comes first. Changes nothing if the session was ended meanwhile.
 */
async function saveReading(
  { db, keys, organizationId, now }: TransactionContext,
  { sessionId }: SessionKey,
  tokens: ProviderTokens,
  readAt: Date | null,
) {
  if (readAt !== null) {
    await db.session.updateMany({
      where: { organizationId, id: sessionId },
      data: { freshUntil: findFreshUntil(readAt) },
    });
  }
  await db.providerSession.updateMany({
    where: { organizationId, sessionId },
    data: {
      tokens: sealSecret(keys, organizationId, JSON.stringify(tokens)),
      ...(readAt === null ? { readingUntil: now } : { readAt, readingUntil: null }),
    },
  });
}

type WhyEnded = "provider-refused" | ProviderRefusal;

/** Ends the session that the provider refuses; all access of a member without a group. */
async function endByProvider(
  ctx: TransactionContext,
  { key: { sessionId }, memberId }: Pick<StaleSession, "key" | "memberId">,
  why: WhyEnded,
) {
  if (why === "no-group") await endAccess(ctx, memberId);
  else await endSessions(ctx, { memberId, id: sessionId }, why);
}

/**
 * Ends all sessions of a member, and takes from their API keys what they may do, because the provider says that the
 * member has none of the groups.
 */
export async function endAccess(ctx: TransactionContext, memberId: MemberId) {
  const { db, organizationId, now } = ctx;
  await endSessions(ctx, { memberId }, "no-group");
  await db.member.updateMany({
    where: { organizationId, id: memberId, accessEndedAt: null },
    data: { accessEndedAt: now },
  });
}

async function endSessions(
  ctx: TransactionContext,
  which: { memberId: MemberId; id?: SessionId },
  why: WhyEnded,
) {
  const { db, organizationId } = ctx;
  const { count: sessions } = await db.session.deleteMany({ where: { organizationId, ...which } });
  const { memberId } = which;
  if (sessions > 0) await appendAudit(ctx, "session.end-by-provider", { memberId, why, sessions });
}

/** Gives a member the role and sellers of their group. The caller has locked the member and the owners. */
export async function followPosition(
  ctx: TransactionContext,
  row: ProviderRow,
  memberId: MemberId,
  { role, sellerIds }: GroupPosition,
) {
  const { db, organizationId } = ctx;
  const { count } = await db.member.updateMany({
    where: {
      organizationId,
      id: memberId,
      removedAt: null,
      NOT: { role, sellerIds: { equals: sellerIds } },
    },
    data: { role, sellerIds },
  });
  if (count === 0) return;
  await recordMemberEvent(asChanger(ctx, row), { memberId, kind: "role" });
  const sellers = sellerIds.join();
  await appendAudit(ctx, "member.follow-groups", { memberId, role, sellers });
}
