import { expect, it } from "vitest";
import { aClaimedRun, silence } from "../../../testing/runs.ts";
import { db } from "../../../testing/scenes.ts";
import { finishRun, releaseRun } from "./perform-run.ts";
import { reviveRuns } from "./revive-runs.ts";

const query = (sql: string, ...values: unknown[]) => db.pool.query<{ worker: string }>(sql, values);

/** Creates a run whose job the queue has given to a worker. */
async function scene(worker: string) {
  const { runId, ...claimed } = await aClaimedRun(worker);
  await query(
    `UPDATE graphile_worker._private_jobs SET locked_by = $2, locked_at = now(), attempts = 1
     WHERE key = $1`,
    runId,
    worker,
  );
  const jobs = async () => {
    const { rows } = await query(
      `SELECT locked_by AS worker FROM graphile_worker.jobs
       WHERE key = $1 AND attempts < max_attempts`,
      runId,
    );
    return rows.map(({ worker }) => worker);
  };
  const lockedFor = (seconds: number) =>
    query(
      `UPDATE graphile_worker._private_jobs SET locked_at = now() - make_interval(secs => $2)
       WHERE key = $1`,
      runId,
      seconds,
    );
  const loseJob = () => query("DELETE FROM graphile_worker._private_jobs WHERE key = $1", runId);
  const age = () =>
    query("UPDATE run SET created_at = created_at - interval '2 minutes' WHERE id = $1", runId);
  return { runId, ...claimed, jobs, lockedFor, loseJob, age };
}

it("frees the jobs of a worker that fell silent, and no others", async () => {
  const [dead, alive, fresh] = [await scene("dead"), await scene("alive"), await scene("fresh")];
  await silence(dead.runId, 31);
  await silence(alive.runId, 15);
  await silence(fresh.runId, 31);
  for (const { lockedFor } of [dead, alive]) await lockedFor(31);

  await reviveRuns(db);

  expect(await dead.jobs()).toEqual([null]);
  expect(await alive.jobs()).toEqual(["alive"]);
  expect(await fresh.jobs()).toEqual(["fresh"]);
});

it("frees the job of a worker that was killed before it began", async () => {
  const { ctx, runId, claim, jobs, lockedFor } = await scene("dead");
  await releaseRun(ctx, { claim, reason: { key: "run.stopped" }, isStop: true });
  await silence(runId, 31);
  await lockedFor(31);

  await reviveRuns(db);

  expect(await jobs()).toEqual([null]);
});

it("queues a lost job again, once", async () => {
  const { runId, jobs, loseJob, age } = await scene("a");
  await silence(runId, 31);
  await loseJob();
  await age();

  await reviveRuns(db);
  await reviveRuns(db);

  expect(await jobs()).toEqual([null]);
});

it("queues a job again that has used up its attempts, while its run waits", async () => {
  const { ctx, runId, claim, jobs, age } = await scene("a");
  await releaseRun(ctx, { claim, reason: { key: "run.stopped" }, isStop: true });
  await silence(runId, 31);
  await query(
    `UPDATE graphile_worker._private_jobs SET attempts = max_attempts, locked_by = NULL, locked_at = NULL
     WHERE key = $1`,
    runId,
  );
  await age();

  await reviveRuns(db);

  expect(await jobs()).toEqual([null]);
});

it("leaves a run alone that has ended", async () => {
  const { ctx, runId, claim, jobs, loseJob, age } = await scene("a");
  await finishRun(ctx, { claim, outcome: {} });
  await silence(runId, 31);
  await loseJob();
  await age();

  await reviveRuns(db);

  expect(await jobs()).toEqual([]);
});
