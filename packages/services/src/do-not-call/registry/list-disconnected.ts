import { RegistryId } from "@ringfence/core/ids";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";

export type DisconnectedRegistry = { id: RegistryId; code: string; name: string; at: Date };

/** Lists disconnected registries that can be connected again, most recent first. */
export async function listDisconnected(ctx: ServiceContext): Promise<DisconnectedRegistry[]> {
  allow(ctx, "registry.read");

  return inTransaction(ctx, async ({ db, organizationId }) => {
    const rows = await db.registry.findMany({
      where: { organizationId, disconnectedAt: { not: null } },
      orderBy: { disconnectedAt: "desc" },
      select: { id: true, code: true, name: true, disconnectedAt: true },
    });
    return rows.flatMap(({ id, disconnectedAt: at, ...row }) =>
      at === null ? [] : { id: RegistryId.parse(id), at, ...row },
    );
  });
}
