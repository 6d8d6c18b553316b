import { command } from "../../platform/verb.ts";
import { RegistryId } from "@ringfence/core/ids";
import { RegistrySource } from "@ringfence/core/do-not-call/registry";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import { requireSelf } from "../../account/member/require-self.ts";
import { startRun } from "../../platform/run/start-run.ts";
import { lockRegistry } from "./lock-registry.ts";

/**
 * Reconnects a registry with its previous settings and reads it at once. Until then its last edition counts
 * according to its age.
 */
export const reconnectRegistry = command({
  name: "reconnectRegistry",
  action: "registry.change",
  input: RegistryId,
  run: async (ctx, registryId) => {
    const { db, organizationId, now } = ctx;
    await lockRegistry(ctx, registryId);
    const [registry] = await db.registry.updateManyAndReturn({
      where: { organizationId, id: registryId, disconnectedAt: { not: null } },
      data: { disconnectedAt: null, sweptAt: now },
      select: { source: true },
    });
    if (registry === undefined)
      throw new ServiceError("conflict", { key: "registry.connected-already" });
    await db.registryDisconnection.updateMany({
      where: { organizationId, registryId, status: "disconnected" },
      data: { status: "reconnected", reconnectedBy: requireSelf(ctx), reconnectedAt: now },
    });
    await appendAudit(ctx, "registry.change", { registryId, change: "reconnected" });
    if (RegistrySource.parse(registry.source).kind === "upload") return { runId: null };
    const { runId } = await startRun(ctx, "registry.sync", registryId);
    return { runId };
  },
  audit: "by run",
});
