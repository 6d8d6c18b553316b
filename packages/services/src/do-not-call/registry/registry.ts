import type { RegistryId, RunId, UploadId } from "@ringfence/core/ids";
import {
  AreaCounts,
  RegistrySource,
  type RegistryState,
  findUploadId,
} from "@ringfence/core/do-not-call/registry";
import { ServiceError, type TransactionContext, startRun } from "../../platform/internal.ts";

/** A locked registry, for verbs that change it. */
export type LockedRegistry = RegistryState & {
  code: string;
  revision: number;
  /** Null while it is connected. */
  disconnectedAt: Date | null;
  /** The last uploaded file; null if the registry is not read from uploads. */
  uploadId: UploadId | null;
  /** SHA-256 of the edition in force; null if there is none, or it was read with other settings. */
  sha256: string | null;
  maxShrinkShare: number;
};

/**
 * Locks a registry until the transaction ends, so that changes to it run one after the other and each sees the previous
 * one. Throws `not-found`. A disconnected registry is locked too: the caller calls `assertConnected`.
 */
export async function lockRegistry(
  { db, organizationId }: TransactionContext,
  registryId: RegistryId,
): Promise<LockedRegistry> {
  const registry = await db.$kysely
    .selectFrom("registry")
    .select(["edition", "listed", "areas", "maxShrinkShare", "revision", "verifiedAt", "source"])
    .select(["code", "disconnectedAt"])
    .where("organizationId", "=", organizationId)
    .where("id", "=", registryId)
    .forUpdate()
    .executeTakeFirstOrThrow(registryNotFound);
  const { edition, listed, areas, maxShrinkShare, revision, verifiedAt } = registry;
  const inForce = await db.registryEdition.findFirst({
    where: { organizationId, registryId, number: edition },
  });
  // The publisher does not offer changes again that a rollback has undone. Only a full list makes up for
  // them, and only a full list verifies a rollback.
  const isReturn = inForce?.kind === "return" && !(verifiedAt && verifiedAt >= inForce.readAt);
  return {
    edition,
    needsFullList: edition === 0 || isReturn,
    listed: Number(listed),
    areas: AreaCounts.parse(areas),
    maxShrinkShare,
    revision,
    code: registry.code,
    disconnectedAt: registry.disconnectedAt,
    uploadId: findUploadId(RegistrySource.parse(registry.source)),
    sha256: inForce?.revision === revision ? inForce.sha256 : null,
    changedUntil: inForce?.changedUntil ?? null,
    publishedOn: inForce?.publishedOn?.toISOString().slice(0, 10) ?? null,
  };
}

/** Throws `conflict` if the registry is disconnected. Nothing is read for it then, and no other edition comes into force. */
export function assertConnected({ disconnectedAt }: Pick<LockedRegistry, "disconnectedAt">): void {
  if (disconnectedAt !== null)
    throw new ServiceError("conflict", { key: "registry.disconnected-already" });
}

/**
 * Starts a reading of a connected registry, and returns its run; the one that is open, if there is one. Returns null if
 * there is nothing to read, because people have not brought a file (`upload`) or the operator's answer about numbers
 * (`attested`) yet.
 */
export async function startReading(
  ctx: TransactionContext,
  registryId: RegistryId,
  source: RegistrySource,
): Promise<RunId | null> {
  const { db, organizationId } = ctx;
  if (source.kind === "upload" && findUploadId(source) === null) return null;
  if (source.kind === "attested") {
    const answer = await db.registryAnswer.findFirst({ where: { organizationId, registryId } });
    if (answer === null) return null;
  }
  const { runId } = await startRun(ctx, "registry.sync", registryId);
  return runId;
}

/** Creates the error for a missing registry. Another organization's registry looks the same. */
export const registryNotFound = () =>
  new ServiceError("not-found", { key: "error.registry-not-found" });
