import type { RegistryId } from "@ringfence/core/ids";
import { AreaCounts, type RegistryState } from "@ringfence/core/registry";
import type { TransactionContext } from "../context.ts";
import { registryNotFound } from "./registry-not-found.ts";

/** A registry as it is, for whoever is about to change it. */
export type LockedRegistry = RegistryState & {
  revision: number;
  /** Of the edition in force, where it was read as it would be now. */
  sha256: string | null;
  maxShrinkShare: number;
};

/** Those that change a registry follow each other, so that the second sees what the first has done. */
export async function lockRegistry(
  { db, organizationId }: TransactionContext,
  registryId: RegistryId,
): Promise<LockedRegistry> {
  const { edition, listed, areas, maxShrinkShare, revision } = await db.$kysely
    .selectFrom("registry")
    .select(["edition", "listed", "areas", "maxShrinkShare", "revision"])
    .where("organizationId", "=", organizationId)
    .where("id", "=", registryId)
    .forUpdate()
    .executeTakeFirstOrThrow(registryNotFound);
  const inForce = await db.registryEdition.findFirst({
    where: { organizationId, registryId, number: edition },
  });
  return {
    edition,
    listed: Number(listed),
    areas: AreaCounts.parse(areas),
    maxShrinkShare,
    revision,
    sha256: inForce?.revision === revision ? inForce.sha256 : null,
    changedUntil: inForce?.changedUntil ?? null,
    publishedOn: inForce?.publishedOn?.toISOString().slice(0, 10) ?? null,
  };
}
