import type { TransactionContext } from "../context.ts";

/** What members are called, by id; those who were removed too. */
export async function namesOf(
  { db, organizationId }: TransactionContext,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const members = await db.$queryRaw<{ id: string; name: string }[]>`
    SELECT id, name FROM member
    WHERE organization_id = ${organizationId}::uuid AND id::text = ANY (${[...ids]})`;
  return new Map(members.map(({ id, name }) => [id, name]));
}
