import { type Actor, Role } from "@ringfence/core/platform/access";
import { MemberId, type OrganizationId, SellerId, SessionId } from "@ringfence/core/ids";
import { ChangeOwnSettings, type Theme } from "@ringfence/core/account/member";
import type { Db } from "@ringfence/db";
import { z } from "zod";
import { type ServiceContext, ServiceError, command, query } from "../../platform/internal.ts";
import type { Locale } from "@ringfence/core/platform/message";

const CurrentMemberRow = ChangeOwnSettings.required().extend({
  memberId: MemberId,
  organizationName: z.string(),
  name: z.string(),
  email: z.string(),
  role: Role,
  sellerIds: z.array(SellerId),
  hasFirstPassword: z.boolean(),
});

/**
 * Returns the signed-in member of a session. Null if the session expired, was ended or belongs to another
 * organization, or if the member was removed.
 *
 * One statement checks session and member at every request, so deleting the row ends the session.
 */
export async function findCurrentMember(db: Db, key: SessionKey): Promise<CurrentMember | null> {
  const row = await db.prisma.$kysely
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
      "member.hasFirstPassword",
    ])
    .executeTakeFirst();
  return row === undefined ? null : { ...key, ...CurrentMemberRow.parse(row) };
}

/** Lists the acting member's sessions that have not expired, latest first. */
export const listOwnSessions = query({
  name: "listOwnSessions",
  action: "session.read",
  run: async (ctx) => {
    const { db, organizationId, now } = ctx;
    const rows = await db.session.findMany({
      where: { organizationId, memberId: requireMemberId(ctx), expiresAt: { gt: now } },
      orderBy: { id: "desc" },
      select: { id: true, createdAt: true, expiresAt: true },
    });
    return rows.map(({ id, ...row }) => ({ sessionId: SessionId.parse(id), ...row }));
  },
  audit: "none",
});

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
  /**
   * True while the member's password is the one that somebody gave them. Until they choose their own, they can
   * do nothing else.
   */
  hasFirstPassword: boolean;
};

export const toActor = ({
  memberId: id,
  role,
  sellerIds,
}: Pick<CurrentMember, "memberId" | "role" | "sellerIds">): Actor & { type: "member" } => ({
  type: "member",
  id,
  role,
  sellerIds,
});

/** Returns the id of the acting member. Throws `forbidden` if the actor is not a member. */
export function requireMemberId({ actor }: ServiceContext): string {
  if (actor.type === "member") return actor.id;
  throw new ServiceError("forbidden", { key: "error.members-only" });
}
