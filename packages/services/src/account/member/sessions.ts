import { type Actor, Role } from "@ringfence/core/platform/access";
import { MemberId, type OrganizationId, SellerId, SessionId } from "@ringfence/core/ids";
import { ChangeOwnSettings, type Theme } from "@ringfence/core/account/member";
import { PASSWORD_PROOF_MINUTES, PROOF_MINUTES } from "@ringfence/core/account/second-factor";
import type { Db } from "@ringfence/db";
import { sql } from "kysely";
import { z } from "zod";
import {
  type Installation,
  type ServiceContext,
  ServiceError,
  type TransactionContext,
  command,
} from "../../platform/internal.ts";
import type { Locale } from "@ringfence/core/platform/message";
import { hasWorkingFactor, hasWorkingPasskey } from "./sign-in-rules.ts";

const CurrentMemberRow = ChangeOwnSettings.required().extend({
  memberId: MemberId,
  organizationName: z.string(),
  name: z.string(),
  email: z.string(),
  role: Role,
  sellerIds: z.array(SellerId),
  hasFirstPassword: z.boolean(),
  isProven: z.boolean(),
  hasSecondFactor: z.boolean(),
  hasPasskey: z.boolean(),
  secondFactorFrom: z.date().nullable(),
  needsSecondFactor: z.boolean(),
  isByProvider: z.boolean(),
  proves: z.enum(["factor", "password", "sign-in"]),
});

/**
 * Returns the signed-in member of a session. Null if the session expired, was ended, still awaits the second
 * factor or belongs to another organization, if the member was removed, or if the session began at the identity
 * provider and the groups have to be read again (`findMemberOfSession`, which apps call).
 *
 * One statement checks session and member at every request, so deleting the row ends the session.
 */
export async function findCurrentMember(db: Db, key: SessionKey): Promise<CurrentMember | null> {
  const row = await selectSession(db, key)
    .where("session.awaitsFactor", "=", false)
    .executeTakeFirst();
  return row === undefined ? null : { ...key, ...CurrentMemberRow.parse(row) };
}

/**
 * Returns the member who has given the password and still has to prove the second factor; null for any other session.
 */
export async function findAwaitedMember(db: Db, key: SessionKey): Promise<CurrentMember | null> {
  const row = await selectSession(db, key)
    .where("session.awaitsFactor", "=", true)
    .executeTakeFirst();
  return row === undefined ? null : { ...key, ...CurrentMemberRow.parse(row) };
}

const ofSession = {
  organizationId: sql`session.organization_id`,
  memberId: sql`session.member_id`,
};
const hasFactor = hasWorkingFactor(ofSession);

const selectSession = (db: Db, key: SessionKey) =>
  db.prisma.$kysely
    .selectFrom("session")
    .innerJoin("member", (join) =>
      join
        .onRef("member.organizationId", "=", "session.organizationId")
        .onRef("member.id", "=", "session.memberId"),
    )
    .innerJoin("organization", "organization.id", "session.organizationId")
    .where("session.organizationId", "=", key.organizationId)
    .where("session.id", "=", key.sessionId)
    .where("member.removedAt", "is", null)
    .where(({ eb, fn }) => eb("session.expiresAt", ">", fn<Date>("clock_timestamp")))
    .where(({ eb, fn }) =>
      eb("session.freshUntil", "is", null).or(
        "session.freshUntil",
        ">",
        fn<Date>("clock_timestamp"),
      ),
    )
    .select([
      "member.id as memberId",
      "organization.name as organizationName",
      "member.name",
      "member.email",
      "member.role",
      "member.sellerIds",
      "member.locale",
      "member.zone",
      "member.theme",
      "member.hasSingleKeys",
      "member.hasWeeklyReport",
      "member.hasFirstSteps",
      "member.hasFirstPassword",
      sql<boolean>`coalesce(
        session.proved_at > clock_timestamp() - make_interval(mins =>
          CASE WHEN ${hasFactor} THEN ${PROOF_MINUTES}::int ELSE ${PASSWORD_PROOF_MINUTES}::int END), false
      )`.as("isProven"),
      hasFactor.as("hasSecondFactor"),
      hasWorkingPasskey(ofSession).as("hasPasskey"),
      "organization.secondFactorFrom",
      sql<boolean>`coalesce(
        session.method <> 'provider' AND second_factor_from <= clock_timestamp(), false
      ) AND NOT ${hasFactor}`.as("needsSecondFactor"),
      sql<boolean>`session.method = 'provider'`.as("isByProvider"),
      sql<string>`CASE
        WHEN ${hasFactor} THEN 'factor'
        WHEN session.method <> 'provider' AND password_hash <> '' THEN 'password'
        ELSE 'sign-in' END`.as("proves"),
    ]);

/**
 * Ends one of the member's own sessions. `hasEnded` is false if it had been ended or had expired before, or is
 * another member's.
 */
export const endSession = command({
  name: "endSession",
  action: "session.end",
  input: z.object({ sessionId: SessionId }),
  run: async (ctx, { sessionId }) => {
    const { db, organizationId, now } = ctx;
    const { count } = await db.session.deleteMany({
      where: {
        organizationId,
        id: sessionId,
        memberId: requireMemberId(ctx),
        expiresAt: { gt: now },
      },
    });
    return { hasEnded: count > 0 };
  },
  audit: ({ hasEnded }, { sessionId }) => (hasEnded ? { sessionId } : null),
});

/**
 * Signs out: ends the session of a cookie. It also ends one that nobody is signed in with right now, because it awaits
 * the second factor or the identity provider does not answer: somebody could be signed in with it later.
 */
export async function signOut(
  installation: Pick<Installation, "db" | "keys">,
  { organizationId, sessionId }: SessionKey,
): Promise<void> {
  const session = await installation.db.prisma.session.findFirst({
    where: { organizationId, id: sessionId, member: { removedAt: null } },
    select: { memberId: true, member: { select: { role: true, sellerIds: true } } },
  });
  if (session === null) return;
  const actor = toActor(SessionOwner.parse({ memberId: session.memberId, ...session.member }));
  await endSession({ ...installation, organizationId, actor }, { sessionId });
}

const SessionOwner = CurrentMemberRow.pick({ memberId: true, role: true, sellerIds: true });

/** The session of the request, which the app adds. */
export const CurrentSession = z.object({ sessionId: SessionId });

/** Records that the acting member has just proved who they are. False if the session has ended, or is not theirs. */
export async function proveSession(
  ctx: TransactionContext,
  sessionId: SessionId,
): Promise<boolean> {
  const { db, organizationId, now } = ctx;
  const { count } = await db.session.updateMany({
    where: {
      organizationId,
      id: sessionId,
      memberId: requireMemberId(ctx),
      awaitsFactor: false,
      expiresAt: { gt: now },
    },
    data: { provedAt: now },
  });
  return count > 0;
}

/**
 * Length of a session from sign-in: about a working day. Use does not extend it, so a page view writes
 * nothing.
 */
export const SESSION_HOURS = 12;

/**
 * Content of the session cookie; nothing personal. Never trust it alone: the signature of the cookie must be
 * checked, and `findCurrentMember` must find the session at every request.
 */
export type SessionKey = { organizationId: OrganizationId; sessionId: SessionId };

/** The signed-in member, as pages see them. */
export type CurrentMember = SessionKey & {
  memberId: MemberId;
  organizationName: string;
  name: string;
  email: string;
  role: Role;
  sellerIds: readonly SellerId[];
  locale: Locale;
  /** IANA name. */
  zone: string;
  theme: Theme;
  /** True if keyboard shortcuts without a modifier work. */
  hasSingleKeys: boolean;
  hasWeeklyReport: boolean;
  /** True if Today shows the member the setup checklist. */
  hasFirstSteps: boolean;
  /**
   * True while the member's password is the one that somebody gave them. Until they choose their own, they can
   * do nothing else.
   */
  hasFirstPassword: boolean;
  /**
   * True if they proved who they are in the last `PROOF_MINUTES`; without a second factor, `PASSWORD_PROOF_MINUTES`.
   */
  isProven: boolean;
  /** True if they have a confirmed authenticator or a passkey that works. */
  hasSecondFactor: boolean;
  /** True if one of their second factors is a passkey that works. */
  hasPasskey: boolean;
  /** Time from which everybody needs a second factor; null if nobody does. */
  secondFactorFrom: Date | null;
  /** True if they lack the second factor that everybody needs. Until they have one, they can do nothing else. */
  needsSecondFactor: boolean;
  /** True if the session began at the organization's identity provider, which then asks for second factors itself. */
  isByProvider: boolean;
  /** The way to prove again who they are. A member with neither factor nor password signs in again. */
  proves: "factor" | "password" | "sign-in";
};

/** Creates the actor of a member. Without `isProven`, verbs with `stepUp` refuse it. */
export const toActor = ({
  memberId: id,
  role,
  sellerIds,
  isProven = false,
}: Pick<CurrentMember, "memberId" | "role" | "sellerIds"> &
  Partial<Pick<CurrentMember, "isProven">>): Actor & { type: "member" } => ({
  type: "member",
  id,
  role,
  sellerIds,
  isProven,
});

/** Returns the id of the acting member. Throws `forbidden` if the actor is not a member. */
export function requireMemberId({ actor }: ServiceContext): string {
  if (actor.type === "member") return actor.id;
  throw new ServiceError("forbidden", { key: "error.members-only" });
}
