import { MemberId, OrganizationId, SellerId } from "@ringfence/core/ids";
import { type SignIn, describeDevice } from "@ringfence/core/account/member";
import type { Db } from "@ringfence/db";
import { z } from "zod";
import {
  type Installation,
  type RootContext,
  appendAudit,
  findNetwork,
  inTransaction,
  shareLock,
} from "../../platform/internal.ts";
import { type OpenedSession, openSession } from "./open-session.ts";
import { isPassword } from "./password.ts";
import { type SessionKey, toActor } from "./sessions.ts";
import { isProviderRequired } from "./sign-in-rules.ts";
import {
  type AdmittedAccount,
  type SignInSource,
  admitAttempt,
  clearAttemptsAfterSignIn,
} from "./sign-in-throttle.ts";
import { ensureBrowserToken, findKnownBy } from "./sign-in-places.ts";

export type SignInOutcome =
  /** `browser` is the cookie value by which the browser is known next time. */
  | { outcome: "started"; session: SessionKey; browser: string; awaitsFactor: boolean }
  /**
   * The e-mail or the password is wrong. An e-mail that nobody has takes as long as that of one member; one of members
   * in several organizations takes longer, because the password is checked for each.
   */
  | { outcome: "unknown" }
  /** The password is right, but members of this organization sign in through their identity provider only. */
  | { outcome: "provider"; organizationId: OrganizationId }
  /** There were too many attempts, so the password was not checked for every account. */
  | { outcome: "throttled"; seconds: number };

/**
 * Signs a member in. `address` is where the request comes from and `browser` its cookie value; null if
 * there is none. If one password fits members in several organizations, one who is known in this browser is signed in
 * before others, and an older one before a newer. After too many wrong passwords the next attempt has to wait, longer
 * each time, per network and per account. In a browser or network from which the member has signed in before, guesses
 * from elsewhere do not count. A member with a second factor gets a session that can do nothing until `completeSignIn`.
 *
 * It does not call `allow`, because there is no actor and no organization yet: it finds out who signs in.
 */
export async function startSession(
  installation: Installation,
  signIn: SignIn,
  address: string | null,
  browser: string | null = null,
  userAgent: string | null = null,
): Promise<SignInOutcome> {
  const { db, keys } = installation;
  const network = address === null ? null : findNetwork(address);
  const source = { network, browser, device: describeDevice(userAgent) };
  const members = await findMembers(db, signIn.email);
  const knownBy = await findKnownBy(installation, members, source);
  const accounts = (members.length > 0 ? members : [null]).map((member) => ({
    member,
    knownBy: knownBy.get(member?.id ?? "") ?? null,
  }));
  const admission = await admitAttempt(db, { email: signIn.email, source }, accounts);
  const member = await findByPassword(admission.admitted, signIn.password);
  if (member === undefined) {
    const { waitSeconds: seconds } = admission;
    return seconds === null ? { outcome: "unknown" } : { outcome: "throttled", seconds };
  }

  // The password was right, whether or not it opens a session.
  await clearAttemptsAfterSignIn(db, admission, member.id);
  const browserToken = ensureBrowserToken(keys, browser);
  const opened = await openSessionByPassword(installation, member, {
    ...source,
    browser: browserToken,
  });
  if (opened === "removed") return { outcome: "unknown" };
  if (opened === "provider") {
    return { outcome: "provider", organizationId: OrganizationId.parse(member.organizationId) };
  }
  const { awaitsFactor, ...session } = opened;
  return { outcome: "started", session, browser: browserToken, awaitsFactor };
}

/** Finds the members with this e-mail address, at most one of each organization. */
const findMembers = (db: Db, email: string) =>
  db.prisma.member.findMany({ where: { email, removedAt: null }, orderBy: { id: "asc" } });

/** Finds the first member whose password it is. Checks it once if nobody has the e-mail (`member` is null). */
async function findByPassword(
  admitted: readonly AdmittedAccount<Member | null>[],
  password: string,
) {
  for (const { member } of admitted) {
    const isRight = await isPassword(member?.passwordHash, password);
    if (isRight && member !== null) return member;
  }
  return undefined;
}

type Member = Awaited<ReturnType<typeof findMembers>>[number];

/** Opens a session. `removed`: the member was removed, or got another password, since they were loaded. */
function openSessionByPassword(
  installation: Installation,
  { id, passwordHash, ...member }: Member,
  source: SignInSource,
): Promise<OpenedSession | "provider" | "removed"> {
  const memberId = MemberId.parse(id);
  return inTransaction(memberContext(installation, { id, ...member }), async (ctx) => {
    await shareLock(ctx, "identity-provider");
    if (await isProviderRequired(ctx, memberId)) {
      await appendAudit(ctx, "session.refuse", { memberId, why: "password" });
      return "provider";
    }
    return (
      (await openSession(ctx, memberId, source, { by: "password", passwordHash })) ?? "removed"
    );
  });
}

function memberContext(
  installation: Installation,
  member: Omit<Member, "passwordHash">,
): RootContext {
  const { organizationId, id, role } = member;
  const sellerIds = z.array(SellerId).parse(member.sellerIds);
  const actor = toActor({ memberId: MemberId.parse(id), role, sellerIds });
  return { ...installation, organizationId: OrganizationId.parse(organizationId), actor };
}
