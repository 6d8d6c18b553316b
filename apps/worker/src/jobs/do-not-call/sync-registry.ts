import { RegistryId } from "@ringfence/core/ids";
import { findListedRegion, isAskedSource } from "@ringfence/core/do-not-call/registry";
import {
  applyEdition,
  confirmEdition,
  endSync,
  loadSyncState,
  openSource,
} from "@ringfence/services/do-not-call/registry";
import { askRegistry, updateAnswersInForce } from "../../sources/ask-registry.ts";
import { ingest } from "../../sources/ingest.ts";
import { openPublication } from "../../sources/open-publication.ts";
import type { Publication, PublishedFile } from "../../sources/publication.ts";
import { trackReading } from "../../sources/track-reading.ts";
import { type RunTools, defineRun } from "../platform/define-run.ts";
import { RunFault } from "../platform/run-fault.ts";

/** Fetches what the publisher of a registry offers, or asks it about numbers, and applies what it said. */
export const syncRegistry = defineRun("registry.sync", async (tools) => {
  for (;;) {
    const outcome = await sync(tools);
    // Outdated: meanwhile an officer changed how it is read, or uploaded another file. Read again.
    if (outcome.outcome !== "outdated") return outcome;
  }
});

async function sync(tools: RunTools) {
  const { ctx, subjectId, signal, endBy } = tools;
  signal.throwIfAborted();
  const registryId = RegistryId.parse(subjectId);
  const before = await loadSyncState(ctx, registryId);
  endBy((end) => endSync(ctx, { registryId, before, ...end }));
  const opened = await openSource(ctx, registryId);
  try {
    return await read(tools, { registryId, ...before, ...opened });
  } catch (error) {
    // If another upload has replaced this file, its fault no longer matters.
    const { uploadId } = await loadSyncState(ctx, registryId);
    if (uploadId !== before.uploadId) return { outcome: "outdated" } as const;
    throw error;
  }
}

type Reading = Awaited<ReturnType<typeof loadSyncState>> &
  Awaited<ReturnType<typeof openSource>> & { registryId: RegistryId };

async function read(
  tools: RunTools,
  { registryId, format, revision, sha256, validators, source, secret, uploadId }: Reading,
) {
  const { ctx, claim, sources, startedAt, signal, report } = tools;
  const known = sha256 === null ? null : validators;
  const { files, organizationId } = ctx;
  const pace = trackReading(report);
  const { onBytes } = pace;
  const sourceRequest = {
    settings: sources,
    files,
    organizationId,
    secret,
    known,
    signal,
    onBytes,
  };
  const readingContext = { ctx, registryId, revision, sha256, report };
  if (isAskedSource(source)) return askRegistry(source, sourceRequest, { registryId, tools });
  if (source.kind === "attested") {
    const list = { region: findListedRegion(format), isVoluntary: false };
    const outcome = await updateAnswersInForce(list, { registryId, tools });
    if (outcome === null) throw new RunFault({ key: "source.nothing-to-ask" });
    return outcome;
  }
  const publication = await openPublication(source, sourceRequest, readingContext);
  const readAt = publication.obtainedAt ?? startedAt;
  try {
    const { files } = publication;
    if (files === "unchanged") {
      const inForce = { sha256: sha256 ?? "", revision, readAt, validators };
      return await confirmEdition(ctx, { registryId, ...inForce });
    }
    const how = { format, signal, report: await pace.reading(files) };
    const ingested = await ingestFrom(publication, files, how);
    signal.throwIfAborted();
    const read = { revision, uploadId, readAt, validators: publication.validators, claim };
    const { lines, unreadable } = ingested.edition;
    const applied = await applyEdition(ctx, { registryId, ...ingested, ...read });
    await publication.settle?.(applied.outcome);
    return { lines, unreadable, ...applied };
  } finally {
    await publication.close();
  }
}

/**
 * Ingests a publication. Files that cannot be read will not become readable, so the source is told not to offer them
 * again.
 */
async function ingestFrom(
  publication: Publication,
  files: readonly PublishedFile[],
  how: Parameters<typeof ingest>[1],
) {
  try {
    return await ingest(files, how);
  } catch (error) {
    if (error instanceof RunFault && !error.isTransient) await publication.settle?.(null);
    throw error;
  }
}
