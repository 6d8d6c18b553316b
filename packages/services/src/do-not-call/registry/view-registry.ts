import type { RegistryId } from "@ringfence/core/ids";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { registryNotFound } from "./registry-not-found.ts";
import { type RegistryOverview, registryOverviews } from "./registry-overviews.ts";

/** One registry, as people see it. */
export async function viewRegistry(ctx: ServiceContext, id: RegistryId): Promise<RegistryOverview> {
  allow(ctx, "registry.read");

  const [registry] = await inTransaction(ctx, (ctx) => registryOverviews(ctx, { id }));
  if (registry === undefined) throw registryNotFound();
  return registry;
}
