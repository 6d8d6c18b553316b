import { DAY_MS } from "@ringfence/core/platform/time";
import { z } from "zod";
import type { TransactionContext } from "../../platform/context.ts";

const Row = z.object({ rule: z.string(), refused: z.int(), alone: z.int() });

/** The newest that are counted: a day of more is told by these. */
const MOST = 100_000;

/**
 * How many live screenings of the last 24 hours each rule refused, and how many it alone did: these would
 * have been allowed, had it only warned.
 */
export async function refusalsByRule({ db, organizationId, now }: TransactionContext) {
  const since = new Date(now.getTime() - DAY_MS);
  const rows: unknown[] = await db.$queryRaw`
    SELECT refusal ->> 'rule' AS rule, count(*)::int AS refused,
      (count(*) FILTER (WHERE jsonb_array_length(refusals) = 1))::int AS alone
    FROM (
      SELECT refusals FROM screening
      WHERE organization_id = ${organizationId}::uuid AND at > ${since}
      ORDER BY at DESC LIMIT ${MOST}) AS of_a_day,
      jsonb_array_elements(refusals) AS refusal
    WHERE refusal ->> 'rule' IS NOT NULL
    GROUP BY 1`;
  return new Map(rows.map((row) => Row.parse(row)).map((row) => [row.rule, row]));
}
