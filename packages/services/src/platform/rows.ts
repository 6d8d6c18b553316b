import type { Message } from "@ringfence/core/platform/message";
import type { OrganizationId } from "@ringfence/core/ids";
import { SqlFragment, type Transaction } from "@ringfence/db";
import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import { ServiceError } from "./errors.ts";

/**
 * Runs SQL that the query builder has no types for, and checks each row against a schema instead of trusting a type. One
 * wrong row fails the whole call. Kysely's CamelCasePlugin renames columns, so that `phone_id` arrives as `phoneId`. An
 * `int8` arrives as a `bigint`.
 */
export async function selectRows<Row extends z.ZodType>(
  { db }: Queryable,
  schema: Row,
  statement: RawBuilder<unknown>,
): Promise<z.output<Row>[]> {
  const { rows } = await statement.execute(db.$kysely);
  return z.array(schema).parse(rows);
}

/** Runs SQL that always returns a row, such as a count, and returns the first. Throws if there is none. */
export async function selectRow<Row extends z.ZodType>(
  ctx: Queryable,
  schema: Row,
  statement: RawBuilder<unknown>,
): Promise<z.output<Row>> {
  const [row] = await selectRows(ctx, schema, statement);
  if (row === undefined) throw new Error("a query that always returns a row returned none");
  return row;
}

/** A transaction, or a client outside of one. */
type Queryable = { db: Pick<Transaction, "$kysely"> };

const NewId = z.object({ id: z.string() });

/** Creates ids before their rows are inserted, so that other rows can refer to them. */
export async function createIds<Id extends z.ZodType>(
  { db }: Queryable,
  schema: Id,
  count: number,
): Promise<z.output<Id>[]> {
  const statement = sql`SELECT uuid7() AS id FROM generate_series(1, ${count}::int)`;
  const rows = await selectRows({ db }, NewId, statement);
  return rows.map(({ id }) => schema.parse(id));
}

/** Creates the id of one row. */
export async function createId<Id extends z.ZodType>(
  { db }: Queryable,
  schema: Id,
): Promise<z.output<Id>> {
  const { id } = await selectRow({ db }, NewId, sql`SELECT uuid7() AS id`);
  return schema.parse(id);
}

/** Returns the least id (UUIDv7, RFC 9562) that can be made at an instant. Instants before 1970 count as 1970. */
export function toLeastId(instant: Date): string {
  const hex = Math.max(instant.getTime(), 0).toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** PostgreSQL types of columns, and the values that rows may have in them. `uuid`, `text` and `date` all take texts. */
type ColumnValues = {
  uuid: string;
  text: string;
  boolean: boolean;
  smallint: number;
  int: number;
  bigint: bigint;
  float8: number;
  timestamptz: Date;
  /** As `2026-08-05`. */
  date: string;
  bytea: Uint8Array;
  /** Stored as JSON; null is SQL's null. */
  jsonb: object;
};

type ColumnType<Value> = {
  [Type in keyof ColumnValues]: [Value] extends [ColumnValues[Type]] ? Type : never;
}[keyof ColumnValues];

/** Columns by field of the row. A field without one is not in the table. */
type ColumnTypes<Row> = {
  readonly [Key in Exclude<keyof Row, "index">]?: ColumnType<NonNullable<Row[Key]>>;
};

/**
 * Turns rows into a table of a statement: `FROM ${toTable(calls, { id: "uuid", endedAt: "timestamptz" })} AS call`. Its
 * columns are `id`, `ended_at`, and `index`, which is the row's index in the list, from 0. A value that is null or missing
 * becomes null. Each column is sent as one array, so the text of the statement is the same for any number of rows.
 */
export function toTable<Row extends object>(
  rows: readonly Row[],
  columns: NoInfer<ColumnTypes<Row>>,
): SqlFragment {
  const types = Object.entries<string | undefined>(columns);
  const names = types.map(
    ([key]) => `"${key.replace(/[A-Z]/g, (upper) => `_${upper}`).toLowerCase()}"`,
  );
  const casts = types.map(
    ([, type], index) => `::${type}[]${index + 1 < types.length ? ", " : ""}`,
  );
  const last = casts.pop() ?? "";
  return new SqlFragment(
    [
      `(SELECT ${names.join(", ")}, (ordinality - 1)::int AS index FROM unnest(`,
      ...casts,
      `${last}) WITH ORDINALITY AS sent (${names.join(", ")}, ordinality))`,
    ],
    types.map(([key, type]) => rows.map((row) => toParameter(Reflect.get(row, key), type))),
  );
}

function toParameter(value: unknown, type: string | undefined): unknown {
  if (value === null || value === undefined) return null;
  if (type === "jsonb") return JSON.stringify(value);
  // Sends bytes as text. Prisma, which also runs the fragment, sends them as base64 if the first of a list is null, and
  // PostgreSQL would store that.
  return value instanceof Uint8Array ? `\\x${Buffer.from(value).toString("hex")}` : value;
}

/**
 * Arguments of Prisma's `updateManyAndReturn` that end a row now, for tables whose rows are in force while `until` is null,
 * such as emergencies. No row there ends in the future.
 */
export const endNow = (
  { organizationId, now }: { organizationId: OrganizationId; now: Date },
  id: string,
) => ({
  where: { organizationId, id, until: null },
  data: { until: now },
});

/** Returns the row that `endNow` ended. Throws `not-found` with this message if it was not in force. */
export function requireEnded<Row>([ended]: readonly Row[], fault: Message): Row {
  if (ended === undefined) throw new ServiceError("not-found", fault);
  return ended;
}
