import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { aRun, aWorkersContext } from "../../../testing/runs.ts";
import { db } from "../../../testing/scenes.ts";
import { inTransaction } from "../context.ts";
import { claimRun, finishRun } from "./perform-run.ts";
import { startRun } from "./start-run.ts";

/** The ids in payloads that the queue holds for an organization. */
async function queuedFor(organizationId: string) {
  const { rows } = await db.pool.query<{ payload: object; task: string }>(
    `SELECT payload, identifier AS task FROM graphile_worker._private_jobs AS job
     JOIN graphile_worker._private_tasks AS task ON task.id = task_id
     WHERE payload->>'organizationId' = $1`,
    [organizationId],
  );
  return rows;
}

it("queues a job whose payload is ids", async () => {
  const ctx = await aWorkersContext();
  const { organizationId } = ctx;
  const { runId } = await aRun(ctx);
  expect(await queuedFor(organizationId)).toEqual([
    { task: "registry.sync", payload: { organizationId, runId } },
  ]);
});

it("queues nothing when the transaction that needs it fails", async () => {
  const ctx = await aWorkersContext();
  const failing = inTransaction(ctx, async (ctx) => {
    await startRun(ctx, "registry.sync", randomUUID());
    throw new Error("changed my mind");
  });
  await expect(failing).rejects.toThrow("changed my mind");
  expect(await queuedFor(ctx.organizationId)).toEqual([]);
  expect(await db.prisma.run.count({ where: { organizationId: ctx.organizationId } })).toBe(0);
});

it("runs on one subject one at a time, however many are requested", async () => {
  const ctx = await aWorkersContext();
  const subjectId = randomUUID();

  const started = await Promise.all([1, 2, 3, 4].map(() => aRun(ctx, subjectId)));

  expect(new Set(started.map(({ runId }) => runId)).size).toBe(1);
  expect(started.filter(({ isNew }) => isNew)).toHaveLength(1);
  expect(await queuedFor(ctx.organizationId)).toHaveLength(1);
});

it("starts another when the last one has ended", async () => {
  const ctx = await aWorkersContext();
  const subjectId = randomUUID();
  const { runId } = await aRun(ctx, subjectId);
  const claimed = await claimRun(ctx, { runId, worker: "a" });
  if (claimed.outcome !== "claimed") throw new Error(claimed.outcome);
  await finishRun(ctx, { claim: claimed.claim, outcome: {} });

  expect(await aRun(ctx, subjectId)).toMatchObject({ isNew: true });
});

it("has a run tried now that was to be tried again later", async () => {
  const ctx = await aWorkersContext();
  const subjectId = randomUUID();
  const { runId } = await aRun(ctx, subjectId);
  await db.pool.query(
    `UPDATE graphile_worker._private_jobs SET run_at = now() + interval '1 hour' WHERE key = $1`,
    [runId],
  );

  await aRun(ctx, subjectId);

  const { rows } = await db.pool.query(
    "SELECT run_at <= now() AS now FROM graphile_worker.jobs WHERE key = $1",
    [runId],
  );
  expect(rows).toEqual([{ now: true }]);
});
