import { query } from "../verb.ts";
import { ListRuns } from "@ringfence/core/platform/run";
import { RunView } from "./run-view.ts";
import { seenRuns } from "./seen-runs.ts";

/** Runs, the latest first, page after page. */
export const listRuns = query({
  name: "listRuns",
  action: "run.read",
  input: ListRuns,
  run: async (ctx, { job, subjectId, after, limit }) => {
    const { db, organizationId } = ctx;
    const rows = await db.run.findMany({
      where: {
        organizationId,
        ...(await seenRuns(ctx)),
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
  audit: "by run",
});
