import { Role } from "@ringfence/core/access";
import { MemberId } from "@ringfence/core/ids";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext } from "../context.ts";

/** Who works in the organization, by name. */
export async function listMembers(ctx: ServiceContext) {
  allow(ctx, "member.read");

  return inTransaction(ctx, async ({ db, organizationId }) => {
    const rows = await db.member.findMany({
      where: { organizationId },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      select: { id: true, name: true, role: true },
    });
    return rows.map(({ id, name, role }) => ({
      id: MemberId.parse(id),
      name,
      role: Role.parse(role),
    }));
  });
}
