import { type NamedActor, loadActorNames } from "../access/actor-names.ts";
import type { TransactionContext } from "../context.ts";

/** Time at which something was archived, and the actor; `by` is null if unknown. */
export type Archival = { at: Date; by: NamedActor | null };

/** Something in the archive, as lists show it. */
export type ArchivedItem<Id extends string = string> = { id: Id; name: string; archived: Archival };

type Row = { archivedAt: Date | null; archivedBy: unknown };

/** Loads who archived these rows. Returns a function that says when and by whom; null for a row that is in use. */
export async function readArchived(
  ctx: TransactionContext,
  rows: readonly Row[],
): Promise<(row: Row) => Archival | null> {
  const nameActor = await loadActorNames(
    ctx,
    rows.map(({ archivedBy }) => archivedBy),
  );
  return ({ archivedAt, archivedBy }) =>
    archivedAt === null ? null : { at: archivedAt, by: nameActor(archivedBy) };
}

/** Lists the archived ones among rows, in their order. */
export async function listArchivedItems<Id extends string>(
  ctx: TransactionContext,
  rows: readonly (Row & { id: Id; name: string })[],
): Promise<ArchivedItem<Id>[]> {
  const findArchived = await readArchived(ctx, rows);
  return rows.flatMap((row) => {
    const archived = findArchived(row);
    return archived === null ? [] : { id: row.id, name: row.name, archived };
  });
}
