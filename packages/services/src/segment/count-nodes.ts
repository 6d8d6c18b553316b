import type { Fault } from "@ringfence/core/message";
import { type AskRule, nodesAt } from "@ringfence/core/segment";
import { sql } from "kysely";
import { allow } from "../access/allow.ts";
import type { ServiceContext } from "../context.ts";
import { memberCount } from "./find-members.ts";
import { inAnalysis } from "./in-analysis.ts";
import { soundScope } from "./sound-scope.ts";

/** How many each node of a rule means by itself, at its JSON pointer; none of a rule with faults. */
export type CountedNodes = { faults: Fault[]; counts: { path: string; count: number }[] };

/** Counts who each row of a rule means alone, in one statement for all of them. */
export async function countNodes(ctx: ServiceContext, asked: AskRule): Promise<CountedNodes> {
  allow(ctx, "segment.read");

  return inAnalysis(ctx, async (ctx) => {
    const { faults, scope } = await soundScope(ctx, asked);
    if (scope === null) return { faults, counts: [] };
    const nodes = nodesAt(asked.rule);
    const counted = nodes.map(({ node }) => sql`(${memberCount(scope, node)})`);
    const { rows } = await sql<{
      counts: string[];
    }>`SELECT ARRAY[${sql.join(counted)}] AS counts`.execute(ctx.db.$kysely);
    const counts = rows[0]?.counts ?? [];
    return {
      faults,
      counts: nodes.map(({ path }, index) => ({ path, count: Number(counts[index]) })),
    };
  });
}
