import fc from "fast-check";
import { sql } from "kysely";
import { expect, it } from "vitest";
import { z } from "zod";
import { aContext } from "../../testing/scenes.ts";
import { selectRow, selectRows, toTable } from "./rows.ts";

// PostgreSQL has no text with a zero byte.
const text = fc
  .oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("", "null", "NULL", `"`, "'", "\\", `\\"`, "{}", '{"a",b}', ",", " a\n\t"),
  )
  .map((text) => text.replaceAll("\0", ""));
const int = (bits: number) => fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 });
const instant = fc.date({
  min: new Date("0001-01-01T00:00:00.000Z"),
  max: new Date("9999-12-31T23:59:59.999Z"),
  noInvalidDate: true,
});
/** Zod leaves out `__proto__`. */
const factName = fc.string({ unit: "grapheme" }).filter((name) => name !== "__proto__");
const nullable = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 4 });

/** A column of each type, named so that its name in SQL is another one, or a reserved word. */
const aRow = fc.record({
  rowId: fc.uuid(),
  from: nullable(text),
  isTrue: nullable(fc.boolean()),
  small: nullable(int(16)),
  middle: nullable(int(32)),
  large: nullable(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
  // As JSON, in which Prisma sends parameters, minus zero is zero.
  ratio: nullable(fc.double({ noDefaultInfinity: true, noNaN: true }).map((ratio) => ratio + 0)),
  happenedAt: nullable(instant),
  onDay: nullable(instant.map((at) => at.toISOString().slice(0, 10))),
  bytes: nullable(fc.uint8Array({ maxLength: 40 })),
  facts: nullable(fc.dictionary(factName, nullable(text), { maxKeys: 3 })),
});
type Row = typeof aRow extends fc.Arbitrary<infer Row> ? Row : never;

const listed = (rows: readonly Row[]) =>
  toTable(rows, {
    rowId: "uuid",
    from: "text",
    isTrue: "boolean",
    small: "smallint",
    middle: "int",
    large: "bigint",
    ratio: "float8",
    happenedAt: "timestamptz",
    onDay: "date",
    bytes: "bytea",
    facts: "jsonb",
  });

const Selected = z.object({
  index: z.int(),
  rowId: z.string(),
  from: z.string().nullable(),
  isTrue: z.boolean().nullable(),
  small: z.int().nullable(),
  middle: z.int().nullable(),
  large: z.bigint().nullable(),
  ratio: z.number().nullable(),
  happenedAt: z.date().nullable(),
  onDay: z.string().nullable(),
  bytes: z.instanceof(Uint8Array).nullable(),
  facts: z.record(z.string(), z.string().nullable()).nullable(),
});

it("gives PostgreSQL every row as it is, in templates of Kysely and of Prisma", async () => {
  const { prisma: db } = (await aContext()).db;
  const property = fc.asyncProperty(fc.array(aRow, { maxLength: 8 }), async (rows) => {
    const expected = rows.map((row, index) => ({ ...row, index }));
    const throughKysely = await selectRows(
      { db },
      Selected,
      sql`SELECT row_id, "from", is_true, small::int, middle, large, ratio, happened_at,
          to_char(on_day, 'YYYY-MM-DD') AS on_day, bytes, facts, index
        FROM ${listed(rows)} AS made ORDER BY index`,
    );
    expect(throughKysely).toEqual(expected);
    const throughPrisma = await db.$queryRaw`
      SELECT row_id AS "rowId", "from", is_true AS "isTrue", small::int, middle, large, ratio,
        happened_at AS "happenedAt", to_char(on_day, 'YYYY-MM-DD') AS "onDay", bytes, facts, index
      FROM ${listed(rows)} AS made ORDER BY index`;
    expect(Selected.array().parse(throughPrisma)).toEqual(expected);
  });
  await fc.assert(property, { numRuns: 150 });
});

it("sends one parameter a column, and the same text for any number of rows", () => {
  const three = [1, 2, 3].map((count) => ({ count, name: null }));
  const columns = { count: "int", name: "text" } as const;
  const few = toTable(three, columns);
  expect(few.values).toEqual([
    [1, 2, 3],
    [null, null, null],
  ]);
  expect(toTable([], columns).text).toBe(few.text);
});

it("takes a missing value for null, and selects only the columns that are named", async () => {
  const rows: { name?: string; secret: string }[] = [{ name: "a", secret: "x" }, { secret: "y" }];
  const { prisma: db } = (await aContext()).db;
  const statement = sql`SELECT * FROM ${toTable(rows, { name: "text" })} AS made`;
  const selected = await selectRows({ db }, z.record(z.string(), z.unknown()), statement);
  expect(selected).toEqual([
    { name: "a", index: 0 },
    { name: null, index: 1 },
  ]);
});

it("carries 50,000 rows in one statement, and none", async () => {
  const { prisma: db } = (await aContext()).db;
  const Sum = z.object({ rows: z.int(), bytes: z.bigint(), last: z.int().nullable() });
  const measure = (rows: readonly { id: string; bytes: Uint8Array }[]) =>
    selectRow(
      { db },
      Sum,
      sql`SELECT count(DISTINCT id)::int AS rows, coalesce(sum(length(bytes)), 0)::bigint AS bytes,
          max(index) AS last
        FROM ${toTable(rows, { id: "uuid", bytes: "bytea" })} AS made`,
    );
  const many = Array.from({ length: 50_000 }, (_, index) => ({
    id: `0195c0de-0000-7000-8000-${index.toString(16).padStart(12, "0")}`,
    bytes: new Uint8Array(index % 5),
  }));
  expect(await measure(many)).toEqual({ rows: 50_000, bytes: 100_000n, last: 49_999 });
  expect(await measure([])).toEqual({ rows: 0, bytes: 0n, last: null });
});

it("is refused by the compiler for a column that no row has, or of another type", () => {
  const rows = [{ id: "0195c0de-0000-7000-8000-000000000001", at: new Date(), index: 1 }];
  // @ts-expect-error -- no row has a name
  toTable(rows, { name: "text" });
  // @ts-expect-error -- a date is not a text
  toTable(rows, { at: "text" });
  // @ts-expect-error -- the table has an index of its own
  toTable(rows, { index: "int" });
  expect(toTable(rows, { id: "uuid", at: "timestamptz" }).values).toHaveLength(2);
});
