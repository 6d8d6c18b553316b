import { command } from "../../platform/verb.ts";
import { RegistryId } from "@ringfence/core/ids";
import { ConnectRegistry } from "@ringfence/core/do-not-call/registry";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import { startRun } from "../../platform/run/start-run.ts";
import { secretOf } from "./source-secret.ts";

/** Subscribes an organization to a registry, and has it read at once. */
export const connectRegistry = command({
  name: "connectRegistry",
  action: "registry.change",
  input: ConnectRegistry,
  run: async (ctx, input) => {
    const { db, organizationId } = ctx;
    const { secret, schedule, ...registry } = input;
    const { code } = registry;
    const sealed = secret && ctx.keys.sealing.seal(secretOf(organizationId, code), secret);
    const { count } = await db.registry.createMany({
      data: {
        organizationId,
        ...registry,
        ...(sealed && { secret: sealed }),
        ...(schedule && { schedule }),
        sweptAt: ctx.now,
      },
      skipDuplicates: true,
    });
    if (count === 0) {
      const where = { organizationId, code, disconnectedAt: null };
      const isConnected = (await db.registry.count({ where })) > 0;
      const key = isConnected ? "error.registry-connected" : "error.registry-disconnected";
      throw new ServiceError("conflict", { key, values: { code } });
    }
    const key = { organizationId_code: { organizationId, code } };
    const { id } = await db.registry.findUniqueOrThrow({ where: key });
    const registryId = RegistryId.parse(id);

    await appendAudit(ctx, "registry.change", { registryId, change: "connected", code });
    // What a person will put in is not there yet.
    if (registry.source.kind === "upload") return { registryId, runId: null };
    const { runId } = await startRun(ctx, "registry.sync", registryId);
    return { registryId, runId };
  },
  audit: "by run",
});
