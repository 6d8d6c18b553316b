import type { RegistryId } from "@ringfence/core/ids";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { type StartedRun, startRun } from "../../platform/run/start-run.ts";
import { ServiceError } from "../../platform/errors.ts";
import { lockRegistry } from "./lock-registry.ts";

/** Has a registry read now. While it is being read, that run is the answer. */
export async function requestSync(
  ctx: ServiceContext,
  registryId: RegistryId,
): Promise<StartedRun> {
  allow(ctx, "registry.change");

  return inTransaction(ctx, async (ctx) => {
    const { disconnectedAt } = await lockRegistry(ctx, registryId);
    if (disconnectedAt !== null)
      throw new ServiceError("conflict", { key: "registry.disconnected-already" });
    const run = await startRun(ctx, "registry.sync", registryId);
    if (run.isNew) {
      await appendAudit(ctx, "registry.change", { registryId, change: "sync", runId: run.runId });
    }
    return run;
  });
}
