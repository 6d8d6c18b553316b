import { SegmentId } from "@ringfence/core/ids";
import { type KnownSegment, Rule } from "@ringfence/core/segment";
import type { TransactionContext } from "../context.ts";

/** The segments of an organization, each with its rule in force. */
export async function knownSegmentsOf({
  db,
  organizationId,
}: TransactionContext): Promise<Map<SegmentId, KnownSegment>> {
  const rows = await db.$queryRaw<{ id: string; name: string; rule: unknown }[]>`
    SELECT segment.id, segment.name, version.rule FROM segment
    JOIN segment_version AS version ON version.organization_id = segment.organization_id
      AND version.segment_id = segment.id AND version.number = segment.version
    WHERE segment.organization_id = ${organizationId}::uuid AND archived_at IS NULL
    ORDER BY name`;
  return new Map(
    rows.map(({ id: text, name, rule }) => {
      const id = SegmentId.parse(text);
      return [id, { id, name, rule: Rule.parse(rule) }];
    }),
  );
}
