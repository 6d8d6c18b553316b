import { expect, it } from "vitest";
import { aClaimedRun, silence } from "../../testing/runs.ts";
import { db } from "../../testing/scenes.ts";
import { freeStaleRuns } from "./free-stale-runs.ts";

/** As though the queue had given the run's job to a worker. */
async function lockJob(runId: string, worker: string) {
  await db.pool.query(
    `UPDATE graphile_worker._private_jobs SET locked_by = $2, locked_at = now()
     WHERE payload->>'runId' = $1`,
    [runId, worker],
  );
  return async () => {
    const { rows } = await db.pool.query<{ locked_by: string | null }>(
      "SELECT locked_by FROM graphile_worker._private_jobs WHERE payload->>'runId' = $1",
      [runId],
    );
    return rows[0]?.locked_by;
  };
}

it("frees the jobs of a worker that fell silent, and no others", async () => {
  const [dead, alive] = [await aClaimedRun("dead"), await aClaimedRun("alive")];
  const [lockOfDead, lockOfAlive] = [
    await lockJob(dead.runId, "dead"),
    await lockJob(alive.runId, "alive"),
  ];
  await silence(dead.runId, 31);
  await silence(alive.runId, 28);

  await freeStaleRuns(db);

  expect(await lockOfDead()).toBeNull();
  expect(await lockOfAlive()).toBe("alive");
});
