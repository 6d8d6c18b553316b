import { ServiceError, type TransactionContext } from "../../platform/internal.ts";

/** Tables whose rows have a name of their own, and versions that are kept. */
type Versioned = "segment" | "offer";

/** Throws `conflict` if another row of the organization, archived or not, has this name. */
export async function assertFreeName(
  { db, organizationId }: TransactionContext,
  table: Versioned,
  name: string,
  ownId: string | null,
) {
  const other = await db.$kysely
    .selectFrom(table)
    .select(["id", "archivedAt"])
    .where("organizationId", "=", organizationId)
    .where("name", "=", name)
    .executeTakeFirst();
  if (other === undefined || other.id === ownId) return;
  const key = `${table}.${other.archivedAt === null ? "name-taken" : "name-archived"}` as const;
  throw new ServiceError("conflict", { key, values: { name } }, "/name");
}

/**
 * Saves a new name and the next version number. Throws `conflict` if somebody else saved since this version was
 * opened, and `not-found` if the row is archived or missing.
 */
export async function advanceVersion(
  { db, organizationId }: TransactionContext,
  table: Versioned,
  { id, version }: { id: string; version: number },
  name: string,
) {
  const { numUpdatedRows } = await db.$kysely
    .updateTable(table)
    .set({ name, version: version + 1 })
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .where("archivedAt", "is", null)
    .where("version", "=", version)
    .executeTakeFirst();
  if (numUpdatedRows === 1n) return;
  const current = await db.$kysely
    .selectFrom(table)
    .select("id")
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .where("archivedAt", "is", null)
    .executeTakeFirst();
  throw current === undefined
    ? new ServiceError("not-found", { key: `${table}.not-found` })
    : new ServiceError("conflict", { key: `${table}.changed-meanwhile` });
}
