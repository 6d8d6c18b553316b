import { randomUUID } from "node:crypto";
import type { RunId } from "@ringfence/core/ids";
import { inTransaction, type RootContext } from "../src/platform/context.ts";
import { claimRun, RunView, startRun } from "../src/platform/run/index.ts";
import { aContext, db } from "./scenes.ts";

/** The context of a worker that syncs registries. */
export const aWorkersContext = () => aContext({ type: "job", name: "registry.sync" });

/** A run that waits to be worked on. */
export const aRun = (ctx: RootContext, subjectId: string = randomUUID()) =>
  inTransaction(ctx, (ctx) => startRun(ctx, "registry.sync", subjectId));

/** Makes a run look as if its worker had been silent for some seconds. */
export const silence = (runId: RunId, seconds: number) =>
  db.pool.query(
    "UPDATE run SET heartbeat_at = heartbeat_at - make_interval(secs => $2) WHERE id = $1",
    [runId, seconds],
  );

/** Creates a run and has a worker claim it. */
export async function aClaimedRun(worker = "a") {
  const ctx = await aWorkersContext();
  const { runId } = await aRun(ctx);
  const claimed = await claimRun(ctx, { runId, worker });
  if (claimed.outcome !== "claimed") throw new Error(claimed.outcome);
  const shown = async () => RunView.parse(await db.prisma.run.findFirst({ where: { id: runId } }));
  return { ctx, runId, claim: claimed.claim, shown };
}
