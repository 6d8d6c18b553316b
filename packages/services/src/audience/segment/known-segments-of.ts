import { SegmentId } from "@ringfence/core/ids";
import { type KnownSegment, Rule } from "@ringfence/core/audience/segment";
import type { TransactionContext } from "../../platform/context.ts";

type Row = { id: string; name: string; version: number; rule: unknown };

/** The segments of an organization, each with its rule in force; without the archived ones unless asked for. */
export async function knownSegmentsOf(
  { db, organizationId }: TransactionContext,
  { isArchivedToo = false } = {},
): Promise<Map<SegmentId, KnownSegment & { version: number }>> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT segment.id, segment.name, segment.version, version.rule FROM segment
    JOIN segment_version AS version ON version.organization_id = segment.organization_id
      AND version.segment_id = segment.id AND version.number = segment.version
    WHERE segment.organization_id = ${organizationId}::uuid
      AND (archived_at IS NULL OR ${isArchivedToo})
    ORDER BY name`;
  return new Map(
    rows.map(({ id: text, name, version, rule }) => {
      const id = SegmentId.parse(text);
      return [id, { id, name, version, rule: Rule.parse(rule) }];
    }),
  );
}
