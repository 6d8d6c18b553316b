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

/** Loads the names of what runs worked on: a registry, a form, or a file. */
export async function loadSubjectNames(
  { db, organizationId }: TransactionContext,
  runs: readonly FailedRun[],
): Promise<Map<string, string>> {
  const where = { organizationId, id: { in: runs.map(({ subjectId }) => subjectId) } };
  const registries = await db.registry.findMany({ where, select: { id: true, name: true } });
  const file = { id: true, fileName: true } as const;
  const scrubs = await db.scrub.findMany({ where, select: file });
  const imports = await db.import.findMany({ where, select: file });
  const forms = await db.captureForm.findMany({ where, select: { id: true, name: true } });
  return new Map([
    ...forms.map(({ id, name }) => [id, name] as const),
    ...registries.map(({ id, name }) => [id, name] as const),
    ...[...scrubs, ...imports].map(({ id, fileName }) => [id, fileName] as const),
  ]);
}
