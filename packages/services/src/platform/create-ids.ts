import { sql } from "kysely";
import { z } from "zod";
import type { TransactionContext } from "./context.ts";
import { selectRow, selectRows } from "./rows.ts";

const NewId = z.object({ id: z.string() });

/** Creates ids for rows to insert, if other rows must refer to them first. */
export async function createIds<Id extends z.ZodType>(
  { db }: TransactionContext,
  schema: Id,
  count: number,
): Promise<z.output<Id>[]> {
  const statement = sql`SELECT uuid7() AS id FROM generate_series(1, ${count}::int)`;
  const rows = await selectRows({ db }, NewId, statement);
  return rows.map(({ id }) => schema.parse(id));
}

/** Creates the id of one row. */
export async function createId<Id extends z.ZodType>(
  { db }: TransactionContext,
  schema: Id,
): Promise<z.output<Id>> {
  const { id } = await selectRow({ db }, NewId, sql`SELECT uuid7() AS id`);
  return schema.parse(id);
}
