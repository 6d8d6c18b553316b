import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import type { TransactionContext } from "../../platform/context.ts";

/** Who acts, as rows have them on record; of an import, every import of the same file, for it says no more. */
export async function sourcesOf({
  db,
  organizationId,
  actor,
}: TransactionContext): Promise<string[]> {
  if (actor.type !== "job" || actor.name !== "import.run" || actor.subjectId === undefined) {
    return [JSON.stringify(actorOnRecord(actor))];
  }
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT same.id FROM import AS mine
    JOIN import AS same ON same.organization_id = mine.organization_id AND same.digest = mine.digest
    WHERE mine.organization_id = ${organizationId}::uuid AND mine.id = ${actor.subjectId}::uuid`;
  return rows.map(({ id }) => JSON.stringify(actorOnRecord({ ...actor, subjectId: id })));
}
