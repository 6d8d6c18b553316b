import { command, query } from "../../platform/verb.ts";
import { RegistryId, type RunId } from "@ringfence/core/ids";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { type StartedRun, startRun } from "../../platform/run/start-run.ts";
import { ServiceError } from "../../platform/errors.ts";
import { lockRegistry, registryNotFound } from "./registry.ts";
import type { TransactionContext } from "../../platform/context.ts";
import {
  RegistryFormat,
  RegistrySource,
  Validators,
  findUploadId,
} from "@ringfence/core/do-not-call/registry";
import { findAcceptedEditions } from "./save-edition.ts";
import { z } from "zod";
import { type RunEnd, endRun, updateClaimed } from "../../platform/run/perform-run.ts";

/** Has a registry read now. While it is being read, that run is the answer. */
export const startSync = command({
  name: "startSync",
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

/** How to read a registry, and what of it is in force. */
export const loadSyncState = query({
  name: "loadSyncState",
  action: "registry.read",
  input: RegistryId,
  run: async (ctx, registryId) => {
    const { db, organizationId } = ctx;
    const registry = await db.registry.findFirst({ where: { organizationId, id: registryId } });
    if (registry === null) throw registryNotFound();
    const inForce = await db.registryEdition.findFirst({
      where: { organizationId, registryId, number: registry.edition },
      select: { sha256: true, revision: true },
    });
    return {
      format: RegistryFormat.parse(registry.format),
      revision: registry.revision,
      uploadId: findUploadId(RegistrySource.parse(registry.source)),
      /** What was accepted and has not come into force. */
      accepted: await findAcceptedEditions(ctx, registryId),
      sha256: inForce?.revision === registry.revision ? inForce.sha256 : null,
      validators: Validators.nullable().parse(registry.validators),
    };
  },
  audit: "by run",
});

export type EndSync = RunEnd & {
  registryId: RegistryId;
  /** As the registry was before its source was asked. */
  before: Pick<Awaited<ReturnType<typeof loadSyncState>>, "revision" | "uploadId" | "accepted">;
};

/** Somebody who turns a registry back makes whoever else changes it wait. */
const TIMEOUT_MS = 10 * 60_000;

/**
 * Ends the reading of a registry. False: it has to be read again, because meanwhile it was changed, a file
 * put in or an edition accepted. Whoever did that was answered with this run, for it had not ended.
 */
export const endSync = command({
  name: "endSync",
  action: "registry.apply",
  input: z.custom<EndSync>(),
  transaction: { timeoutMs: TIMEOUT_MS },
  run: async (ctx, { registryId, before, ...end }): Promise<boolean> => {
    const { revision, uploadId } = await lockRegistry(ctx, registryId);
    const accepted = await findAcceptedEditions(ctx, registryId);
    const isCurrent =
      revision === before.revision &&
      uploadId === before.uploadId &&
      accepted.every((id) => before.accepted.includes(id));
    const { claim } = end;
    if (!isCurrent && (await updateClaimed(ctx, claim, { worker: claim.worker }))) return false;
    await endRun(ctx, end);
    return true;
  },
  audit: "by run",
});
