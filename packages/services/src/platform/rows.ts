import type { Transaction } from "@ringfence/db";
import type { RawBuilder } from "kysely";
import { z } from "zod";

/**
 * Runs SQL that the query builder has no types for, and checks each row against a schema instead of
 * trusting a type. Columns arrive in camel case, whole numbers of eight bytes as `bigint`.
 */
export async function selectRows<Row extends z.ZodType>(
  { db }: Queried,
  schema: Row,
  statement: RawBuilder<unknown>,
): Promise<z.output<Row>[]> {
  const { rows } = await statement.execute(db.$kysely);
  return z.array(schema).parse(rows);
}

/** Runs SQL that always returns one row, such as a count. */
export async function selectRow<Row extends z.ZodType>(
  ctx: Queried,
  schema: Row,
  statement: RawBuilder<unknown>,
): Promise<z.output<Row>> {
  const [row] = await selectRows(ctx, schema, statement);
  if (row === undefined) throw new Error("a query that always returns a row returned none");
  return row;
}

/** A transaction, or a client outside of one. */
type Queried = { db: Pick<Transaction, "$kysely"> };
