import { sql } from "kysely";
import { z } from "zod";
import type { TransactionContext } from "../src/platform/context.ts";
import { selectRow } from "../src/platform/rows.ts";

/** Tells whether a transaction has an id so far. Only one with an id waits for synchronous replication at its commit. */
export async function hasTransactionId({ db }: TransactionContext): Promise<boolean> {
  const row = await selectRow(
    { db },
    z.object({ id: z.string().nullable() }),
    sql`SELECT pg_current_xact_id_if_assigned()::text AS id`,
  );
  return row.id !== null;
}
