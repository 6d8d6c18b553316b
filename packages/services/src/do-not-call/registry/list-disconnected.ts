import { query } from "../../platform/verb.ts";
import { RegistryId } from "@ringfence/core/ids";

export type DisconnectedRegistry = { id: RegistryId; code: string; name: string; at: Date };

/** Lists disconnected registries that can be connected again, most recent first. */
export const listDisconnected = query({
  name: "listDisconnected",
  action: "registry.read",
  run: async ({ db, organizationId }): Promise<DisconnectedRegistry[]> => {
    const rows = await db.registry.findMany({
      where: { organizationId, disconnectedAt: { not: null } },
      orderBy: { disconnectedAt: "desc" },
      select: { id: true, code: true, name: true, disconnectedAt: true },
    });
    return rows.flatMap(({ id, disconnectedAt: at, ...row }) =>
      at === null ? [] : { id: RegistryId.parse(id), at, ...row },
    );
  },
  audit: "by run",
});
