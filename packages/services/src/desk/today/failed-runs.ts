import { sql } from "kysely";
import { z } from "zod";
import { RunId } from "@ringfence/core/ids";
import { StoredMessage } from "@ringfence/core/platform/message";
import { RunJob } from "@ringfence/core/platform/run";
import { type TransactionContext, visibleRunsFilter, selectRows } from "../../platform/internal.ts";
import type { Failure } from "./need.ts";

/** Older failures are no longer news. */
const LOOK_BACK_DAYS = 7;

const Row = z.object({
  id: RunId,
  job: RunJob,
  subjectId: z.string(),
  error: z.unknown(),
  endedAt: z.date().nullable(),
});
type Row = z.infer<typeof Row>;
export type FailedRun = Pick<Row, "id" | "job" | "subjectId"> & { failure: Failure };

/** Loads runs that failed lately and were not tried again. */
export async function loadFailedRuns(ctx: TransactionContext): Promise<FailedRun[]> {
  const { db, organizationId, now } = ctx;
  const rows = await selectRows(
    { db },
    Row,
    sql`
    SELECT id, job, subject_id AS "subjectId", error, ended_at AS "endedAt" FROM run
    WHERE organization_id = ${organizationId}::uuid AND status = 'failed'
      AND ended_at > ${now}::timestamptz - make_interval(days => ${LOOK_BACK_DAYS}::int)
      AND NOT EXISTS (
        SELECT FROM run later
        WHERE later.organization_id = run.organization_id AND later.subject_id = run.subject_id
          AND later.job = run.job AND later.id > run.id)
    ORDER BY id DESC`,
  );
  const { NOT: hidden } = await visibleRunsFilter(ctx);
  const seen = rows.filter(({ subjectId }) => !hidden?.subjectId.in.includes(subjectId));
  return seen.map(({ error, endedAt, ...run }) => ({
    ...run,
    failure: { at: endedAt, error: StoredMessage.safeParse(error).data ?? null },
  }));
}

const SubjectRow = z.object({ id: z.string(), name: z.string() });

/** Loads the names of what runs worked on: a registry, a form, or a file. */
export async function loadSubjectNames(
  { db, organizationId }: TransactionContext,
  runs: readonly FailedRun[],
): Promise<Map<string, string>> {
  const ids = runs.map(({ subjectId }) => subjectId);
  const isSubject = sql`organization_id = ${organizationId}::uuid AND id = ANY (${ids}::uuid[])`;
  const rows = await selectRows(
    { db },
    SubjectRow,
    sql`
    SELECT id, name FROM registry WHERE ${isSubject}
    UNION ALL SELECT id, name FROM capture_form WHERE ${isSubject}
    UNION ALL SELECT id, file_name FROM scrub WHERE ${isSubject}
    UNION ALL SELECT id, file_name FROM import WHERE ${isSubject}`,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
