import type { ListRuns } from "@ringfence/core/platform/run";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { RunView } from "./run-view.ts";
import { seenRuns } from "./seen-runs.ts";

/** Runs, the latest first, page after page. */
export async function listRuns(ctx: ServiceContext, { job, subjectId, after, limit }: ListRuns) {
  allow(ctx, "run.read");

  return inTransaction(ctx, async (ctx) => {
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
  });
}
