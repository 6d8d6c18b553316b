import type { RegistryId, UploadId } from "@ringfence/core/ids";
import {
  AreaCounts,
  RegistrySource,
  type RegistryState,
  findUploadId,
} from "@ringfence/core/do-not-call/registry";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";

/** A registry as it is, for whoever is about to change it. */
export type LockedRegistry = RegistryState & {
  code: string;
  revision: number;
  /** Null while it is connected. */
  disconnectedAt: Date | null;
  /** What a person has put in last, where it is read from that. */
  uploadId: UploadId | null;
  /** Of the edition in force, where it was read as it would be now. */
  sha256: string | null;
  maxShrinkShare: number;
};

/** Those that change a registry follow each other, so that the second sees what the first has done. */
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
  // Changes that were undone with a return are not offered again: only a full list, which is all that
  // can verify what a return has brought, makes up for them.
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

/** Another organization's registry looks the same as none. */
export const registryNotFound = () =>
  new ServiceError("not-found", { key: "error.registry-not-found" });
