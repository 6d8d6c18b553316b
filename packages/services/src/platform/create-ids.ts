import type { TransactionContext } from "./context.ts";

/** Creates ids for rows to insert, if other rows must refer to them first. */
export async function createIds<Id extends string>(
  { db }: TransactionContext,
  count: number,
): Promise<Id[]> {
  const rows = await db.$queryRaw<{ id: Id }[]>`
    SELECT uuid7() AS id FROM generate_series(1, ${count}::int)`;
  return rows.map(({ id }) => id);
}
