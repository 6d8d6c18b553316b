import type { Reason } from "@ringfence/core/calling/screening";
import { sellersSeenBy } from "../../platform/access/sellers-seen-by.ts";
import type { TransactionContext } from "../../platform/context.ts";

/** Why screenings of the last 24 hours refused, for sellers for whom the actor works. One may have several reasons. */
export type DayRefusals = {
  /** How many had a reason, the most frequent first. */
  reasons: readonly { reason: Reason; count: number }[];
  /** How many were refused because a registry was not checked, by its code. */
  unchecked: Readonly<Record<string, number>>;
};

type Row = { reason: Reason; registry: string | null; isOfAll: boolean; count: number };

export async function refusalsOfDay({
  db,
  organizationId,
  actor,
  now,
}: TransactionContext): Promise<DayRefusals> {
  const sellers = sellersSeenBy(actor);
  const rows = await db.$queryRaw<Row[]>`
    SELECT refusal ->> 'reason' AS reason, refusal ->> 'registry' AS registry,
      grouping(refusal ->> 'registry') = 1 AS "isOfAll", count(DISTINCT id)::int AS count
    FROM screening CROSS JOIN jsonb_array_elements(refusals) AS refusal
    WHERE organization_id = ${organizationId}::uuid AND verdict = 'refuse'
      AND at > ${now}::timestamptz - interval '24 hours'
      AND (${sellers}::uuid[] IS NULL OR seller_id = ANY (${sellers}::uuid[]))
    GROUP BY GROUPING SETS ((refusal ->> 'reason'), (refusal ->> 'reason', refusal ->> 'registry'))
    ORDER BY count DESC, reason`;
  const unchecked = rows.flatMap(({ reason, registry, isOfAll, count }) =>
    reason === "registry-unchecked" && !isOfAll && registry !== null ? [[registry, count]] : [],
  );
  return {
    reasons: rows.flatMap(({ reason, isOfAll, count }) => (isOfAll ? { reason, count } : [])),
    unchecked: Object.fromEntries(unchecked),
  };
}
