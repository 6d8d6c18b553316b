import type { Tables, Transaction } from "@ringfence/db";
import { type Insertable, type RawBuilder, sql } from "kysely";
import { z } from "zod";
import type { OrganizationId } from "@ringfence/core/ids";

type TableOfOrganizations = {
  [Name in keyof Tables]: Tables[Name] extends { organizationId: string } ? Name : never;
}[keyof Tables];

type NewRow<Name extends TableOfOrganizations> = Omit<Insertable<Tables[Name]>, "organizationId">;

/**
 * Inserts rows of the organization in one statement with one parameter. A column that any row has is
 * written for all of them: null for rows without it.
 */
export async function insertRows<Name extends TableOfOrganizations>(
  { db, organizationId }: { db: Transaction; organizationId: OrganizationId },
  table: Name,
  rows: readonly NewRow<Name>[],
) {
  if (rows.length === 0) return;
  const into = sql.table(table);
  const names = new Set(["organizationId", ...rows.flatMap((row) => Object.keys(row))]);
  const columns = sql.join([...names].map((name) => sql.ref(name)));
  const json = toJsonRows(rows.map((row) => ({ ...row, organizationId })));
  await sql`
    INSERT INTO ${into} (${columns})
    SELECT ${columns} FROM json_populate_recordset(NULL::${into}, ${json}::json)`.execute(
    db.$kysely,
  );
}

/**
 * Writes rows as one parameter for `json_populate_recordset` or `json_to_recordset`, with their columns in
 * snake case. Values inside a JSON column keep their keys.
 */
export const toJsonRows = (rows: readonly object[]) =>
  JSON.stringify(
    rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [toSnakeCase(name), toJsonValue(value)]),
      ),
    ),
  );

/** Writes bigints and bytes, which JSON lacks, as text that PostgreSQL reads back. */
function toJsonValue(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString("hex")}`;
  return value;
}

const toSnakeCase = (name: string) =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

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
