import { Role } from "@ringfence/core/platform/access";
import { MemberId, SellerId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";

export type MemberView = Awaited<ReturnType<typeof viewMembers>>[number];

/** The members of the organization, by name: all, or one; those who were removed too. */
export const viewMembers = async (
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
