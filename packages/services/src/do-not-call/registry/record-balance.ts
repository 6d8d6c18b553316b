import type { RegistryId } from "@ringfence/core/ids";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { lockRegistry } from "./lock-registry.ts";

/** Keeps what a registry that is paid for says is left on the account, in numbers. */
export async function recordBalance(
  ctx: ServiceContext,
  { registryId, numbers }: { registryId: RegistryId; numbers: number },
): Promise<void> {
  allow(ctx, "registry.apply");

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId, now } = ctx;
    await lockRegistry(ctx, registryId);
    await db.registry.updateMany({
      where: { organizationId, id: registryId },
      data: { balance: { numbers, at: now.toISOString() } },
    });
  });
}
