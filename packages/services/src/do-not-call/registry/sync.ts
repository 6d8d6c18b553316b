import { sql } from "kysely";
import {
  RunEnd,
  ServiceError,
  type StartedRun,
  type TransactionContext,
  command,
  endRun,
  query,
  selectRows,
  startRun,
  updateClaimedRun,
} from "../../platform/internal.ts";
import { RegistryId, RunId, UploadId } from "@ringfence/core/ids";
import { assertConnected, lockRegistry, registryNotFound } from "./registry.ts";
import {
  RegistryFormat,
  RegistrySource,
  Validators,
  findUploadId,
} from "@ringfence/core/do-not-call/registry";
import { findAcceptedEditions } from "./save-edition.ts";
import { z } from "zod";

/** Starts a reading of a registry, or returns the run that is reading it. */
export const startSync = command({
  name: "startSync",
  action: "registry.change",
  input: RegistryId,
  run: async (ctx, registryId): Promise<StartedRun> => {
    assertConnected(await lockRegistry(ctx, registryId));
    return startRun(ctx, "registry.sync", registryId);
  },
  audit: ({ isNew, runId }, registryId) => (isNew ? { registryId, change: "sync", runId } : null),
});

/**
 * Cancels the reading of a registry. The worker stops within seconds and applies nothing more. An edition that it is
 * putting in force at this moment is not taken back: the cancellation waits for it, and it stays in force.
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
    return { runId };
  },
  audit: ({ runId }, registryId) => ({ registryId, change: "sync canceled", runId }),
});

/** Ends the open run, even one that started a moment ago. A worker that has its job finds the run ended. */
async function endOpenRun(
  { db, organizationId }: TransactionContext,
  registryId: RegistryId,
): Promise<RunId | null> {
  const [run] = await selectRows(
    { db },
    z.object({ id: RunId }),
    sql`
    UPDATE run SET status = 'canceled', ended_at = clock_timestamp(), error = NULL
    WHERE organization_id = ${organizationId}::uuid AND subject_id = ${registryId}::uuid
      AND job = 'registry.sync' AND status IN ('queued', 'running')
    RETURNING id`,
  );
  return run?.id ?? null;
}

/** Loads the settings for a reading, and what is in force. */
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
      /** Editions that were accepted and are not applied yet. */
      accepted: await findAcceptedEditions(ctx, registryId),
      /** SHA-256 of the edition in force; null if there is none, or it was read with other settings. */
      sha256: inForce?.revision === registry.revision ? inForce.sha256 : null,
      validators: Validators.nullable().parse(registry.validators),
    };
  },
  audit: "none",
});

const EndSync = RunEnd.extend({
  registryId: RegistryId,
  /** The state of the registry before the source was read. */
  before: z.object({
    revision: z.int(),
    uploadId: UploadId.nullable(),
    accepted: z.string().array(),
  }),
});
export type EndSync = z.infer<typeof EndSync>;

/** A rollback locks the registry for as long as this. */
const TIMEOUT_MS = 10 * 60_000;

/**
 * Ends a reading. Returns false, and leaves the run open, if the registry must be read again, because its settings
 * changed, a file was uploaded or an edition was accepted meanwhile: requests made meanwhile were given this run,
 * because it had not ended. A run that another worker has taken over, or that was canceled, is left as it is.
 */
export const endSync = command({
  name: "endSync",
  action: "registry.apply",
  input: EndSync,
  transaction: { timeoutMs: TIMEOUT_MS },
  run: async (ctx, { registryId, before, ...end }): Promise<boolean> => {
    const { revision, uploadId } = await lockRegistry(ctx, registryId);
    const accepted = await findAcceptedEditions(ctx, registryId);
    const isCurrent =
      revision === before.revision &&
      uploadId === before.uploadId &&
      accepted.every((id) => before.accepted.includes(id));
    const { claim } = end;
    if (!isCurrent && (await updateClaimedRun(ctx, claim, { worker: claim.worker }))) return false;
    await endRun(ctx, end);
    return true;
  },
  audit: "none",
});
