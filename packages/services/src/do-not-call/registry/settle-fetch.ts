import type { RegistryFetchId, RegistryId } from "@ringfence/core/ids";
import type { RegistryFetch } from "@ringfence/core/do-not-call/registry";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { lockRegistry } from "./lock-registry.ts";

export type SettleFetch = {
  registryId: RegistryId;
  fetchId: RegistryFetchId;
  /** How the registry is read now. */
  revision?: number;
  status?: RegistryFetch["status"];
  request?: string;
};

/** Puts on record how far a fetch has come, or what became of it. */
export async function settleFetch(
  ctx: ServiceContext,
  { registryId, fetchId, ...data }: SettleFetch,
): Promise<void> {
  allow(ctx, "registry.apply");

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    await lockRegistry(ctx, registryId);
    await db.registryFetch.updateMany({ where: { organizationId, registryId, id: fetchId }, data });
  });
}
