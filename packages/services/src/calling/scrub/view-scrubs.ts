import type { ScrubId } from "@ringfence/core/ids";
import { sellersSeenBy } from "../../platform/access/sellers-seen-by.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ScrubView } from "./scrub-view.ts";

type Which = { id: ScrubId } | { after: ScrubId | undefined; limit: number };

/**
 * Loads scrubs of the sellers that the actor sees, with their last run and their record, newest first. A
 * scrub with a record is done, even if its worker was stopped before it could say so.
 */
export async function viewScrubs(
  { db, organizationId, actor }: TransactionContext,
  which: Which,
): Promise<ScrubView[]> {
  const id = "id" in which ? which.id : null;
  const after = "after" in which ? (which.after ?? null) : null;
  const sellers = sellersSeenBy(actor);
  const rows = await db.$queryRaw`
    SELECT scrub.id, file_name AS "fileName", scrub.bytes::float8 AS bytes, settings,
      coalesce(member.name, api_key.name) AS by,
      CASE WHEN record.id IS NOT NULL THEN 'done' ELSE run.status::text END AS status,
      run.progress, run.error,
      coalesce(record.rows, (run.progress->>'rows')::bigint, 0)::float8 AS rows, counts,
      scrub.created_at AS "createdAt", run.started_at AS "startedAt",
      run.heartbeat_at AS "heartbeatAt", run.ended_at AS "endedAt", record.at, record.attempt,
      CASE WHEN record.id IS NOT NULL THEN json_build_object(
        'inputSha256', encode(input_sha256, 'hex'), 'resultSha256', encode(result_sha256, 'hex'),
        'rowsRoot', encode(rows_root, 'hex'), 'checked', checked) END AS record,
      coalesce((
        SELECT json_agg(json_build_object('file', file, 'rows', gone.rows,
          'before', encode(before_sha256, 'hex'), 'after', encode(after_sha256, 'hex'),
          'at', gone.at, 'act', act_id) ORDER BY gone.at, erasure.id)
        FROM erased_file_rows AS gone JOIN file_erasure AS erasure
          ON erasure.organization_id = gone.organization_id AND erasure.id = erasure_id
        WHERE gone.organization_id = scrub.organization_id AND gone.subject_id = scrub.id
          AND (file = 'scrub_upload' OR gone.attempt = record.attempt)
      ), '[]') AS erasures
    FROM scrub
    JOIN LATERAL (
      SELECT * FROM run
      WHERE run.organization_id = scrub.organization_id AND subject_id = scrub.id
      ORDER BY run.id DESC LIMIT 1
    ) run ON true
    LEFT JOIN scrub_record record
      ON record.organization_id = scrub.organization_id AND scrub_id = scrub.id
    LEFT JOIN member ON member.organization_id = scrub.organization_id
      AND actor->>'type' = 'member' AND member.id::text = actor->>'id'
    LEFT JOIN api_key ON api_key.organization_id = scrub.organization_id
      AND actor->>'type' = 'key' AND api_key.id::text = actor->>'id'
    WHERE scrub.organization_id = ${organizationId}::uuid
      AND (${sellers}::text[] IS NULL OR settings->>'seller' = ANY (${sellers}::text[]))
      AND (${id}::uuid IS NULL OR scrub.id = ${id}::uuid)
      AND (${after}::uuid IS NULL OR scrub.id < ${after}::uuid)
    ORDER BY scrub.id DESC
    LIMIT ${"limit" in which ? which.limit : 1}`;
  return ScrubView.array().parse(rows);
}
