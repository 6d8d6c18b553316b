import type { SegmentId } from "@ringfence/core/ids";
import { Rule } from "@ringfence/core/audience/segment";
import type { TransactionContext } from "../../platform/context.ts";

/** The rules of some versions of a segment: people were found by an older one until all is done anew. */
export async function rulesBehind(
  { db, organizationId }: TransactionContext,
  segmentId: SegmentId,
  versions: readonly number[],
): Promise<Rule[]> {
  const rows = await db.segmentVersion.findMany({
    where: { organizationId, segmentId, number: { in: [...versions] } },
  });
  return rows.map(({ rule }) => Rule.parse(rule));
}
