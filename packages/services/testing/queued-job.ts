import { db } from "./scenes.ts";

type State = { attempts: number; locked_at: Date | null };

/** Reads the jobs of a key from the queue, and changes them as a worker or time would. */
export const queuedJob = (key: string) => ({
  jobs: async () => {
    const { rows } = await db.pool.query<State>(
      "SELECT attempts, locked_at FROM graphile_worker.jobs WHERE key = $1",
      [key],
    );
    return rows;
  },
  setJob: (set: string) =>
    db.pool.query(
      `UPDATE graphile_worker._private_jobs SET ${set}, locked_by = 'gone' WHERE key = $1`,
      [key],
    ),
  loseJob: () => db.pool.query("DELETE FROM graphile_worker._private_jobs WHERE key = $1", [key]),
});
