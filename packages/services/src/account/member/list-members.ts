import { ServiceError, type TransactionContext, query } from "../../platform/internal.ts";
import { MemberId, type OrganizationId, SellerId } from "@ringfence/core/ids";
import { type Action, Role, rolesThatMay } from "@ringfence/core/platform/access";
import { sql } from "kysely";

/** Lists current and former members by name. */
export const listMembers = query({
  name: "listMembers",
  action: "member.read",
  run: async (ctx) => loadMemberViews(ctx),
  audit: "none",
});

/** Reads one current or former member. Throws `not-found` for anyone else. */
export const readMember = query({
  name: "readMember",
  action: "member.read",
  input: MemberId,
  run: async (ctx, id) => {
    const [member] = await loadMemberViews(ctx, { id });
    if (!member) throw new ServiceError("not-found", { key: "error.member-not-found" });
    return member;
  },
  audit: "none",
});

export type MemberView = Awaited<ReturnType<typeof loadMemberViews>>[number];

/** Loads all members by name, or one, including removed ones. */
const loadMemberViews = async (
  { db, organizationId, now }: TransactionContext,
  which: { id?: MemberId } = {},
) => {
  const rows = await db.member.findMany({
    where: { organizationId, ...which },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: {
      id: true,
      name: true,
      email: true,
      role: true,
      sellerIds: true,
      signedInAt: true,
      removedAt: true,
      accessEndedAt: true,
      hasFirstPassword: true,
      sessions: {
        where: { expiresAt: { gt: now }, awaitsFactor: false },
        select: { id: true },
        take: 1,
      },
      authenticator: { select: { confirmedAt: true } },
      passkeys: { select: { id: true }, take: 1 },
    },
  });
  return rows.map(({ id, role, sellerIds, sessions, authenticator, passkeys, ...row }) => ({
    ...row,
    id: MemberId.parse(id),
    role: Role.parse(role),
    sellerIds: SellerId.array().parse(sellerIds),
    isSignedIn: sessions.length > 0,
    // A passkey counts here even if the member must sign in at the identity provider, so that it does not work.
    hasSecondFactor: (authenticator?.confirmedAt ?? null) !== null || passkeys.length > 0,
  }));
};

/** Condition of members who still have access: not removed, and not ended by the identity provider. */
export const hasAccess = { removedAt: null, accessEndedAt: null } as const;

/** Lists the members with access whose role may do an action, by name, so that one of them can be chosen for it. */
export const listMembersWhoMay = async (
  { db, organizationId }: TransactionContext,
  action: Action,
): Promise<{ id: MemberId; name: string }[]> => {
  const rows = await db.member.findMany({
    where: { organizationId, role: { in: rolesThatMay(action) }, ...hasAccess },
    orderBy: { name: "asc" },
    select: { id: true, name: true },
  });
  return rows.map(({ id, name }) => ({ id: MemberId.parse(id), name }));
};

/** SQL after FROM: the members with access whose role may do an action, to tell them something. */
export const membersWhoMay = (organizationId: OrganizationId, action: Action) => sql`member
  WHERE organization_id = ${organizationId}::uuid AND removed_at IS NULL AND access_ended_at IS NULL
    AND role::text = ANY (${rolesThatMay(action)})`;
