import { command } from "../../platform/verb.ts";
import { RegistryId } from "@ringfence/core/ids";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { type StartedRun, startRun } from "../../platform/run/start-run.ts";
import { ServiceError } from "../../platform/errors.ts";
import { lockRegistry } from "./lock-registry.ts";

/** Has a registry read now. While it is being read, that run is the answer. */
export const requestSync = command({
  name: "requestSync",
  action: "registry.change",
  input: RegistryId,
  run: async (ctx, registryId): Promise<StartedRun> => {
    const { disconnectedAt } = await lockRegistry(ctx, registryId);
    if (disconnectedAt !== null)
      throw new ServiceError("conflict", { key: "registry.disconnected-already" });
    const run = await startRun(ctx, "registry.sync", registryId);
    if (run.isNew) {
      await appendAudit(ctx, "registry.change", { registryId, change: "sync", runId: run.runId });
    }
    return run;
  },
  audit: "by run",
});
