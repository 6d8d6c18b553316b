import type { Role } from "@ringfence/core/access";
import { MemberId } from "@ringfence/core/ids";
import { SignIn } from "@ringfence/core/member";
import { actorOf } from "../src/member/session.ts";
import { hashPassword } from "../src/member/password.ts";
import { aContext, db, keys } from "./scenes.ts";

export const password = "a field of poppies";

/** A member of an organization that nobody else has, how they sign in, and a context in which they act. */
export async function aMember({
  role = "officer",
  email = anEmail(),
}: { role?: Role; email?: string } = {}) {
  const { organizationId } = await aContext();
  const { id } = await db.prisma.member.create({
    data: { organizationId, email, name: "Ada", role, passwordHash: await hashPassword(password) },
  });
  const memberId = MemberId.parse(id);
  return {
    ctx: { db, keys, organizationId, actor: actorOf({ memberId, role, sellerIds: [] }) },
    memberId,
    signIn: SignIn.parse({ email, password }),
  };
}

let serial = 0;

export const anEmail = () => `ada-${process.env.VITEST_POOL_ID}-${serial++}@example.com`;
