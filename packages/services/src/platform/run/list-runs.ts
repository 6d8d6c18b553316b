import { sql } from "kysely";
import { query } from "../verb.ts";
import { ListRuns, RunJob, RunProgress, RunStatus } from "@ringfence/core/platform/run";
import { RunId } from "@ringfence/core/ids";
import { ServiceError } from "../errors.ts";
import { StoredMessage } from "@ringfence/core/platform/message";
import { z } from "zod";
import { visibleSellerIds } from "../access/allow.ts";
import { listFormsOfOtherSellers } from "../access/other-sellers.ts";
import type { TransactionContext } from "../context.ts";
import { selectRows } from "../rows.ts";

/** Lists runs, latest first. `next` is the `after` of the next page; null at the end. */
export const listRuns = query({
  name: "listRuns",
  action: "run.read",
  input: ListRuns,
  run: async (ctx, { job, subjectId, after, limit }) => {
    const { db, organizationId } = ctx;
    const rows = await db.run.findMany({
      where: {
        organizationId,
        ...(await visibleRunsFilter(ctx)),
        ...(job && { job }),
        ...(subjectId !== undefined && { subjectId }),
        ...(after && { id: { lt: after } }),
      },
      orderBy: { id: "desc" },
      take: limit + 1,
    });
    const runs = RunView.array().parse(rows.slice(0, limit));
    return { runs, next: rows.length > limit ? (runs.at(-1)?.id ?? null) : null };
  },
  audit: "none",
});

/** Reads one run: its progress, and at the end its outcome or error. */
export const readRun = query({
  name: "readRun",
  action: "run.read",
  input: RunId,
  run: async (ctx, runId): Promise<RunView> => {
    const { db, organizationId } = ctx;
    const run = await db.run.findFirst({
      where: { organizationId, id: runId, ...(await visibleRunsFilter(ctx)) },
    });
    if (run === null) throw new ServiceError("not-found", { key: "error.run-not-found" });
    return RunView.parse(run);
  },
  audit: "none",
});

/** A run as people see it. */
export const RunView = z.object({
  id: RunId,
  job: RunJob,
  subjectId: z.uuid(),
  status: RunStatus,
  attempt: z.number(),
  progress: RunProgress.nullable(),
  outcome: z.record(z.string(), z.unknown()).nullable(),
  error: StoredMessage.nullable(),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  /** Time of its last heartbeat. */
  heartbeatAt: z.date().nullable(),
  endedAt: z.date().nullable(),
});
export type RunView = z.infer<typeof RunView>;

/**
 * Creates a Prisma filter that hides runs from an actor who is limited to some sellers: scrubs and form checks of other
 * sellers, and law previews, which count calls of all sellers.
 */
export async function visibleRunsFilter(ctx: TransactionContext) {
  const { db, organizationId, actor } = ctx;
  const theirs = visibleSellerIds(actor);
  if (theirs === null) return {};
  const others = await selectRows(
    { db },
    z.object({ id: z.string() }),
    sql`
    SELECT id FROM scrub
    WHERE organization_id = ${organizationId}::uuid
      AND NOT settings->>'seller' = ANY (${[...theirs]}::text[])
    UNION ALL
    SELECT id FROM law_preview WHERE organization_id = ${organizationId}::uuid`,
  );
  const forms = await listFormsOfOtherSellers(ctx);
  return { NOT: { subjectId: { in: [...others.map(({ id }) => id), ...forms] } } };
}
