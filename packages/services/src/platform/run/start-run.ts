import { sql } from "kysely";
import { z } from "zod";
import { selectRows } from "../rows.ts";
import { RunId } from "@ringfence/core/ids";
import { type RunJob, RunRef } from "@ringfence/core/platform/run";
import type { TransactionContext } from "../context.ts";
import { defineJob, enqueue } from "../job.ts";

/** Jobs whose runs people watch. */
export const runJobs = {
  "registry.sync": defineJob("registry.sync", RunRef.shape),
  "scrub.run": defineJob("scrub.run", RunRef.shape),
  "import.run": defineJob("import.run", RunRef.shape),
  "form.check": defineJob("form.check", RunRef.shape),
  "law.preview": defineJob("law.preview", RunRef.shape),
} satisfies Record<RunJob, unknown>;

/** A waiting or running run, and whether this call started it. */
export type StartedRun = { runId: RunId; isNew: boolean };

/**
 * Starts a run of a job on a subject, such as an import, in the transaction that needs it. If such a run already waits
 * or works, returns that one; if it waits for a retry, it is tried now.
 */
export async function startRun(
  ctx: Pick<TransactionContext, "db" | "organizationId" | "now">,
  job: RunJob,
  subjectId: string,
): Promise<StartedRun> {
  const { db, organizationId, now } = ctx;
  for (;;) {
    const [run] = await selectRows(
      { db },
      z.object({ id: z.string() }),
      sql`
      INSERT INTO run (organization_id, id, job, subject_id, created_at)
      VALUES (${organizationId}::uuid, uuid7(), ${job}, ${subjectId}::uuid, ${now})
      ON CONFLICT (organization_id, job, subject_id) WHERE status IN ('queued', 'running')
        DO NOTHING
      RETURNING id`,
    );
    if (run) {
      const runId = RunId.parse(run.id);
      await enqueue(ctx, runJobs[job], { runId }, { key: runId });
      return { runId, isNew: true };
    }
    const open = await db.run.findFirst({
      where: { organizationId, job, subjectId, status: { in: ["queued", "running"] } },
    });
    if (open === null) continue; // it has ended since
    // A run that waits for a retry is tried now.
    await db.$executeRaw`
      SELECT graphile_worker.reschedule_jobs(array_agg(id), run_at := now())
      FROM graphile_worker.jobs WHERE key = ${open.id} AND run_at > now() HAVING count(*) > 0`;
    return { runId: RunId.parse(open.id), isNew: false };
  }
}
