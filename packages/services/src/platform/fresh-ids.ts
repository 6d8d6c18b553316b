import type { TransactionContext } from "./context.ts";

/** Ids for rows that a statement of many will make, where others must name them before. */
export async function freshIds<Id extends string>(
  { db }: TransactionContext,
  count: number,
): Promise<Id[]> {
  const rows = await db.$queryRaw<{ id: Id }[]>`
    SELECT uuid7() AS id FROM generate_series(1, ${count}::int)`;
  return rows.map(({ id }) => id);
}
