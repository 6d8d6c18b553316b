import { randomUUID } from "node:crypto";
import type { Role } from "@ringfence/core/platform/access";
import { MemberId, type SellerId, SessionId } from "@ringfence/core/ids";
import type { RootContext } from "@ringfence/services/context";
import { findCurrentMember } from "@ringfence/services/account/member";

/** Signs in a new member who works for some sellers, or for all, and who has just proved who they are. */
export async function joinForSellers(
  { db, organizationId }: RootContext,
  role: Role,
  sellerIds: readonly SellerId[],
) {
  const { id } = await db.prisma.member.create({
    data: {
      organizationId,
      email: `${randomUUID()}@example.com`,
      name: role,
      role,
      sellerIds: [...sellerIds],
      passwordHash: "",
    },
  });
  const memberId = MemberId.parse(id);
  const now = new Date();
  const session = await db.prisma.session.create({
    data: {
      organizationId,
      memberId,
      createdAt: now,
      provedAt: now,
      expiresAt: new Date(now.getTime() + 3_600_000),
    },
  });
  const sessionId = SessionId.parse(session.id);
  const member = await findCurrentMember(db, { organizationId, sessionId });
  if (member === null) throw new Error("nobody is signed in");
  return member;
}
