import { sql } from "kysely";
import { ScrubId, SellerId } from "@ringfence/core/ids";
import { StoredMessage } from "@ringfence/core/platform/message";
import { RunProgress } from "@ringfence/core/platform/run";
import { ScrubCounts, ScrubSettings, ScrubStatus } from "@ringfence/core/calling/scrub";
import { Dialer } from "@ringfence/core/account/organization";
import { PurposeKey } from "@ringfence/core/account/purpose";
import { z } from "zod";
import {
  ServiceError,
  type TransactionContext,
  visibleSellerIds,
  selectRows,
} from "../../platform/internal.ts";

/** Record of a scrub besides its counts. */
const ScrubRecord = z.object({
  inputSha256: z.string(),
  resultSha256: z.string(),
  /** Root of the tree over the rows of the result (docs/proofs.md). */
  rowsRoot: z.string(),
  checked: z.object({
    whatIf: z.boolean(),
    seller: SellerId,
    purpose: PurposeKey,
    dialer: Dialer,
    /** SHA-256 of the rule set. */
    rules: z.string(),
    editions: z.array(
      z.object({
        registry: z.string(),
        edition: z.number(),
        verifiedAt: z
          .number()
          .transform((ms) => new Date(ms))
          .nullable(),
      }),
    ),
  }),
});
export type ScrubRecord = z.infer<typeof ScrubRecord>;

/**
 * Removal of an erased person's rows from a file of the scrub. `before` and `after` are the SHA-256 of the file; `act`
 * is the id of the statement about the erasure, null if it has none.
 */
const ErasedRows = z.object({
  file: z.enum(["scrub_upload", "scrub_result"]),
  rows: z.number(),
  before: z.string(),
  after: z.string(),
  at: z.coerce.date(),
  act: z.string().nullable(),
});

/** A scrub as people and programs see it (contract 9). */
export const ScrubView = z.object({
  id: ScrubId,
  fileName: z.string(),
  bytes: z.number(),
  settings: ScrubSettings,
  /** Name of the member or key that started it; null if that no longer exists. */
  by: z.string().nullable(),
  status: ScrubStatus,
  /** Rows done so far. */
  rows: z.number(),
  counts: ScrubCounts.nullable(),
  progress: RunProgress.nullable(),
  error: StoredMessage.nullable(),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  heartbeatAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  /** From the record: the instant that was judged, and the attempt that finished. */
  at: z.date().nullable(),
  attempt: z.number().nullable(),
  record: ScrubRecord.nullable(),
  /** In order of removal: the first entry of a result begins with the hash on record. */
  erasures: z.array(ErasedRows),
});
export type ScrubView = z.infer<typeof ScrubView>;

/** One scrub, or a page of them. */
type ScrubFilter = { id: ScrubId } | { after: ScrubId | undefined; limit: number };

/**
 * Loads scrubs of the sellers that the actor sees, with their last run and their record, newest first. A
 * scrub with a record is done, even if its worker was stopped before it could say so.
 */
export async function loadScrubs(
  { db, organizationId, actor }: TransactionContext,
  filter: ScrubFilter,
): Promise<ScrubView[]> {
  const id = "id" in filter ? filter.id : null;
  const after = "after" in filter ? (filter.after ?? null) : null;
  const sellers = visibleSellerIds(actor);
  return selectRows(
    { db },
    ScrubView,
    sql`
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
    LIMIT ${"limit" in filter ? filter.limit : 1}`,
  );
}

/** Returns the error for a scrub that does not exist, or is of another organization or of a seller that the actor does not see. */
export const scrubNotFoundError = () =>
  new ServiceError("not-found", { key: "error.scrub-not-found" });
