import type { TransactionContext } from "../../platform/context.ts";

/** Which of the endpoints that were to be told of a refusal have heard, and how long the last of them took. */
export type Reach = {
  heard: number;
  of: number;
  /** From the record to the last that heard; null before any did. */
  tookMs: number | null;
};

type Row = { optOutId: string; heard: number; of: number; tookMs: number | null };

/** The reach of refusals, by their id; one that no endpoint was told of has none. */
export async function reachOf(
  { db, organizationId }: TransactionContext,
  optOutIds: readonly string[],
): Promise<ReadonlyMap<string, Reach>> {
  if (optOutIds.length === 0) return new Map();
  const rows = await db.$queryRaw<Row[]>`
    SELECT subject_id AS "optOutId", count(heard_at)::int AS heard, count(*)::int AS of,
      (extract(epoch FROM max(heard_at - created_at)) * 1000)::float8 AS "tookMs"
    FROM delivery
    WHERE organization_id = ${organizationId}::uuid AND event = 'opt-out.recorded'
      AND subject_id = ANY (${[...optOutIds]}::uuid[])
    GROUP BY subject_id`;
  return new Map(rows.map(({ optOutId, ...reach }) => [optOutId, reach]));
}
