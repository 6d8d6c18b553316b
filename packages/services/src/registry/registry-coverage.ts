import { RegistryId } from "@ringfence/core/ids";
import { namedRegistries } from "@ringfence/core/jurisdiction";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext } from "../context.ts";

/** The registries that rules in force name today, and which of them the organization has connected. */
export async function registryCoverage(ctx: ServiceContext) {
  allow(ctx, "registry.read");

  return inTransaction(ctx, async ({ db, organizationId, now }) => {
    const rows = await db.registry.findMany({
      where: { organizationId },
      select: { id: true, code: true },
    });
    const connected = new Map(rows.map(({ id, code }) => [code, RegistryId.parse(id)]));
    return namedRegistries(now.toISOString().slice(0, 10)).map((registry) => ({
      ...registry,
      registryId: connected.get(registry.code) ?? null,
    }));
  });
}

export type CoveredRegistry = Awaited<ReturnType<typeof registryCoverage>>[number];
