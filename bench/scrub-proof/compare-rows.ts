import { pipeline } from "node:stream/promises";
import type { Db } from "@ringfence/db";
import { from } from "pg-copy-streams";
import { expectVerdicts, listColumns } from "./expect-verdicts.ts";

type Scrubbed = { id: string; list: string; result: () => Promise<AsyncIterable<Uint8Array>> };

/** Rows on each side with one verdict, one reason, or one combination of reasons. */
export type Count = { what: string; told: number; expected: number };
export type Difference = { row: number; phone: string; told: string; expected: string };

export type Comparison = {
  rows: number;
  agreeing: number;
  sampled: number;
  sampledAgreeing: number;
  combinations: number;
  counts: Count[];
  differences: Difference[];
};

const SAMPLE = 10_000;

/** Compares a scrub's answer for each row with what an SQL query of our own finds in the tables. */
export async function compareRows(
  { pool }: Db,
  { id, list, result }: Scrubbed,
): Promise<Comparison> {
  const client = await pool.connect();
  try {
    await expectVerdicts(client, id, list);
    await client.query(`CREATE TEMP TABLE told (n bigint GENERATED ALWAYS AS IDENTITY, id text, name text, phone text,
      city text, amount text, verdict text, reasons text, callable_from text, screening_id text)`);
    const columns = `${listColumns}, verdict, reasons, callable_from, screening_id`;
    const force = "FORCE_NOT_NULL (phone, reasons)";
    const copy = client.query(
      from(`COPY told (${columns}) FROM STDIN (FORMAT csv, HEADER, ${force})`),
    );
    await pipeline(await result(), copy);
    await client.query(
      `CREATE TEMP TABLE compared AS
       SELECT n, list.phone, told.reasons AS told, expected.reasons AS expected,
         (told.id, told.name, told.phone, told.city, told.amount)
           IS NOT DISTINCT FROM (list.id, list.name, list.phone, list.city, list.amount)
         AND told.reasons = expected.reasons AND screening_id = (SELECT scrub_id FROM asked) || '.' || n
         AND verdict = CASE expected.reasons WHEN '' THEN 'allow' ELSE 'refuse' END
         AS agrees
       FROM list JOIN expected USING (n) FULL JOIN told USING (n)`,
    );
    const [{ rows: totals }, { rows: counts }, { rows: differences }] = [
      await client.query<Omit<Comparison, "counts" | "differences">>(totalsSql),
      await client.query<Count>(countsSql),
      await client.query<Difference>(differencesSql),
    ];
    const [total] = totals;
    if (total === undefined) throw new Error("nothing was compared");
    return { ...total, counts, differences };
  } finally {
    client.release(true);
  }
}

/** SQL for the totals. Its sample is arbitrary, but the same at every run. */
const totalsSql = `
  WITH sample AS (SELECT * FROM compared ORDER BY hashint8(n), n LIMIT ${SAMPLE})
  SELECT count(*)::int AS rows, count(*) FILTER (WHERE agrees)::int AS agreeing,
    count(DISTINCT expected)::int AS combinations,
    (SELECT count(*)::int FROM sample) AS sampled,
    (SELECT count(*) FILTER (WHERE agrees)::int FROM sample) AS "sampledAgreeing"
  FROM compared`;

const countsSql = `
  WITH side AS (
    SELECT 1 AS told, 0 AS expected, told AS reasons FROM compared
    UNION ALL SELECT 0, 1, expected FROM compared
  )
  SELECT what, sum(told)::int AS told, sum(expected)::int AS expected
  FROM side, unnest(CASE reasons WHEN '' THEN ARRAY['allow'] ELSE 'refuse'::text || string_to_array(reasons, ' ') END) AS what
  GROUP BY what ORDER BY what`;

const differencesSql = `
  SELECT DISTINCT ON (told, expected) n::int AS row, phone, coalesce(told, 'no row') AS told,
    coalesce(expected, 'no row') AS expected
  FROM compared WHERE NOT coalesce(agrees, false) ORDER BY told, expected, n LIMIT 20`;
