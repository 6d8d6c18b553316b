import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { RegistryFetchId, RegistryId } from "@ringfence/core/ids";
import type { RegistryFetch } from "@ringfence/core/do-not-call/registry";
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
export const settleFetch = command({
  name: "settleFetch",
  action: "registry.apply",
  input: z.custom<SettleFetch>(),
  run: async (ctx, { registryId, fetchId, ...data }): Promise<void> => {
    const { db, organizationId } = ctx;
    await lockRegistry(ctx, registryId);
    await db.registryFetch.updateMany({ where: { organizationId, registryId, id: fetchId }, data });
  },
  audit: "by run",
});
