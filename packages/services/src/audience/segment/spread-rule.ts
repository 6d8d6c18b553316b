import type { Fault } from "@ringfence/core/platform/message";
import type { AskSpread } from "@ringfence/core/audience/segment";
import { sql } from "kysely";
import { allow } from "../../platform/access/allow.ts";
import type { ServiceContext } from "../../platform/context.ts";
import { memberQuery } from "./member-query.ts";
import { inAnalysis } from "./in-analysis.ts";
import { soundScope } from "./sound-scope.ts";

/** The commonest are shown by name, the others as one. */
const SHOWN = 6;

/** How many have which value, the commonest first; `others` have one of the rest, `unknown` have none. */
export type Spread = {
  values: { value: string; count: number }[];
  others: number;
  unknown: number;
};

/** How the people of a rule are spread over the values of a field; null of a rule with faults. */
export async function spreadRule(
  ctx: ServiceContext,
  { field, ...asked }: AskSpread,
): Promise<{ faults: Fault[]; spread: Spread | null }> {
  allow(ctx, "segment.read");

  return inAnalysis(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const { faults, scope } = await soundScope(ctx, asked);
    if (scope === null) return { faults, spread: null };
    const { rows } = await sql<{ kind: keyof Spread; value: string; count: string }>`
      WITH had AS (
        SELECT coalesce(a.text, a.number::text) AS value, count(*) AS count
        FROM (${memberQuery(scope, asked.rule)}) AS members
        LEFT JOIN contact_attribute AS a ON a.organization_id = ${organizationId}::uuid
          AND a.field = ${field} AND a.contact_ordinal = members.o
        GROUP BY 1
      ), ordered AS (
        SELECT *, row_number() OVER (PARTITION BY value IS NULL ORDER BY count DESC, value) AS place
        FROM had
      ), told AS (
        SELECT *, CASE WHEN value IS NULL THEN 'unknown' WHEN place <= ${SHOWN} THEN 'values'
          ELSE 'others' END AS kind FROM ordered
      )
      SELECT kind, CASE kind WHEN 'values' THEN value ELSE '' END AS value, sum(count) AS count
      FROM told GROUP BY 1, 2 ORDER BY 3 DESC, 2`.execute(db.$kysely);
    const of = (wanted: keyof Spread) =>
      rows.flatMap(({ kind, value, count }) =>
        kind === wanted ? [{ value, count: Number(count) }] : [],
      );
    const [others] = of("others");
    const [unknown] = of("unknown");
    const spread = {
      values: of("values"),
      others: others?.count ?? 0,
      unknown: unknown?.count ?? 0,
    };
    return { faults, spread };
  });
}
