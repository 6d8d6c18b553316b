import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { RegistryId } from "@ringfence/core/ids";
import { lockRegistry } from "./lock-registry.ts";

/** Keeps what a registry that is paid for says is left on the account, in numbers. */
export const recordBalance = command({
  name: "recordBalance",
  action: "registry.apply",
  input: z.custom<{ registryId: RegistryId; numbers: number }>(),
  run: async (ctx, { registryId, numbers }): Promise<void> => {
    const { db, organizationId, now } = ctx;
    await lockRegistry(ctx, registryId);
    await db.registry.updateMany({
      where: { organizationId, id: registryId },
      data: { balance: { numbers, at: now.toISOString() } },
    });
  },
  audit: "by run",
});
