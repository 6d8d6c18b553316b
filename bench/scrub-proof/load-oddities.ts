import type { OrganizationId } from "@ringfence/core/ids";
import type { Installation } from "@ringfence/services/context";
import { authenticateRows } from "@ringfence/services/testing/authenticate-rows";
import { loadRegistry } from "../load-registry.ts";
import { runSql } from "./expect-verdicts.ts";

/**
 * Loads once what an ordinary organization has little of, and each time calls of the last hours.
 */
export async function loadOddities(
  { db, keys }: Pick<Installation, "db" | "keys">,
  organizationId: OrganizationId,
  listed: number,
) {
  const client = await db.pool.connect();
  try {
    await client.query("SELECT set_config('proof.organization', $1, false)", [organizationId]);
    const isLoaded = await db.prisma.reassignedQuery.count({ where: { organizationId } });
    if (isLoaded === 0) {
      // A fresh and an outdated state registry, one of the organization's own, and ported numbers.
      for (const code of ["US-FL-DNC", "US-TX-DNC", "partner", "US-PORTED"]) {
        const isThere = await db.prisma.registry.count({ where: { organizationId, code } });
        if (isThere === 0) await loadRegistry(db, organizationId, code, listed);
      }
      await runSql(client, "oddities");
      await authenticateRows({ db, keys }, organizationId);
    }
    await runSql(client, "late-calls");
  } finally {
    client.release(true);
  }
}
