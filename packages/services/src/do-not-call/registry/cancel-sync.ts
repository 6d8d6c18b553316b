import { command } from "../../platform/verb.ts";
import { RegistryId, type RunId } from "@ringfence/core/ids";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { registryNotFound } from "./registry-not-found.ts";

/**
 * Ends the reading of a registry before it is through. What is in force stays; the worker lets go
 * within seconds, and cannot put in force what it has read so far.
 */
export const cancelSync = command({
  name: "cancelSync",
  action: "registry.change",
  input: RegistryId,
  run: async (ctx, registryId): Promise<{ runId: RunId }> => {
    const { db, organizationId } = ctx;
    const where = { organizationId, id: registryId };
    if ((await db.registry.count({ where })) === 0) throw registryNotFound();
    const runId = await endOpenRun(ctx, registryId);
    if (runId === null) throw new ServiceError("conflict", { key: "registry.not-read-now" });
    await appendAudit(ctx, "registry.change", { registryId, change: "sync canceled", runId });
    return { runId };
  },
  audit: "by run",
});

/** It may have been started since this began. A worker that has its job finds the run ended; nobody else is given it. */
async function endOpenRun(
  { db, organizationId }: TransactionContext,
  registryId: RegistryId,
): Promise<RunId | null> {
  const [run] = await db.$queryRaw<{ id: RunId }[]>`
    UPDATE run SET status = 'canceled', ended_at = clock_timestamp(), error = NULL
    WHERE organization_id = ${organizationId}::uuid AND subject_id = ${registryId}::uuid
      AND job = 'registry.sync' AND status IN ('queued', 'running')
    RETURNING id`;
  return run?.id ?? null;
}
