import { RegistryId } from "@ringfence/core/ids";
import { namedRegistries } from "@ringfence/core/jurisdiction";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext } from "../context.ts";

/** The registries that rules in force name today, and which of them the organization has connected, or had. */
export async function registryCoverage(ctx: ServiceContext) {
  allow(ctx, "registry.read");

  return inTransaction(ctx, async ({ db, organizationId, now }) => {
    const rows = await db.registry.findMany({
      where: { organizationId },
      select: { id: true, code: true, disconnectedAt: true },
    });
    const rowOf = new Map(rows.map((row) => [row.code, row]));
    return namedRegistries(now.toISOString().slice(0, 10)).map((registry) => {
      const row = rowOf.get(registry.code);
      const id = row ? RegistryId.parse(row.id) : null;
      const isConnected = row?.disconnectedAt === null;
      return {
        ...registry,
        registryId: isConnected ? id : null,
        /** Of one that was disconnected, and can be connected again. */
        disconnectedId: isConnected ? null : id,
      };
    });
  });
}

export type CoveredRegistry = Awaited<ReturnType<typeof registryCoverage>>[number];
