import type { RegistryId } from "@ringfence/core/ids";
import { RegistryFetch } from "@ringfence/core/registry";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext, type TransactionContext } from "../context.ts";
import { lockRegistry } from "./lock-registry.ts";

/** What was fetched last of a registry, and all else by which is decided what to fetch next. */
export async function readFetch(ctx: ServiceContext, registryId: RegistryId) {
  allow(ctx, "registry.apply");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId, now } = ctx;
    const { needsFullList, areas, revision } = await lockRegistry(ctx, registryId);
    const accepted = { organizationId, registryId, revision, status: "accepted" };
    return {
      last: await lastFetch(ctx, registryId),
      needsFullList,
      answered: Object.keys(areas).map(Number),
      isAccepted: (await db.registryEdition.count({ where: accepted })) > 0,
      now,
    };
  });
}

export async function lastFetch(
  { db, organizationId }: TransactionContext,
  registryId: RegistryId,
): Promise<RegistryFetch | null> {
  const where = { organizationId, registryId };
  const row = await db.registryFetch.findFirst({ where, orderBy: { id: "desc" } });
  return RegistryFetch.nullable().parse(row);
}
