import {
  type ServiceContext,
  ServiceError,
  type TransactionContext,
  allow,
  inTransaction,
  query,
} from "../../platform/internal.ts";
import { MemberId, SellerId } from "@ringfence/core/ids";
import { Role } from "@ringfence/core/platform/access";

/** Lists current and former members by name. */
export const listMembers = query({
  name: "listMembers",
  action: "member.read",
  run: async (ctx) => loadMemberViews(ctx),
  audit: "by run",
});

/** Reads one current or former member. Throws `not-found` for anyone else. */
export async function readMember(ctx: ServiceContext, id: MemberId) {
  allow(ctx, "member.read");

  const [member] = await inTransaction(ctx, (ctx) => loadMemberViews(ctx, { id }));
  if (member === undefined) throw new ServiceError("not-found", { key: "error.member-not-found" });
  return member;
}

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
      hasFirstPassword: true,
      sessions: { where: { expiresAt: { gt: now } }, select: { id: true }, take: 1 },
    },
  });
  return rows.map(({ id, role, sellerIds, sessions, ...row }) => ({
    ...row,
    id: MemberId.parse(id),
    role: Role.parse(role),
    sellerIds: SellerId.array().parse(sellerIds),
    isSignedIn: sessions.length > 0,
  }));
};
