import type { LeafOf } from "@ringfence/core/audience/segment";
import { sql } from "kysely";
import type { TransactionContext } from "../../../platform/context.ts";

type Ranking = LeafOf<"ranking">;

const worth = {
  recency: sql`(extract(epoch FROM last_at) * 1000)::float8`,
  frequency: sql`count::float8`,
  money: sql`amount`,
};

/** What some people came to, of whatever rankings ask. */
export async function worthsOfChanged(
  { db, organizationId }: TransactionContext,
  rankings: readonly Ranking[],
  ordinals: readonly number[],
): Promise<Map<Ranking, number[]>> {
  const worths = new Map<Ranking, number[]>();
  if (ordinals.length === 0) return worths;
  for (const rule of rankings) {
    const { rows } = await sql<{ worth: number }>`
      SELECT ${worth[rule.by]} AS worth FROM activity_rollup
      WHERE organization_id = ${organizationId}::uuid AND type = ${rule.type}
        AND contact_ordinal = ANY (${[...ordinals]}::int[])`.execute(db.$kysely);
    worths.set(
      rule,
      rows.map((row) => row.worth),
    );
  }
  return worths;
}
