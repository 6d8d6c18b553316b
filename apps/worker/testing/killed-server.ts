import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Db, openDb } from "@ringfence/db";
import { migrate } from "@ringfence/db/migrate";
import { removeData, startPostgres } from "@ringfence/db/postgres";
import { onTestFinished } from "vitest";

/** A durable PostgreSQL of a test's own, on one port, all of whose processes can be killed. */
export async function aServerToKill() {
  const stateFolder = await mkdtemp(path.join(tmpdir(), "ringfence-killed-"));
  // At first on a port that is free when it listens, then on that one: those that use it find it again.
  let postgres = await startPostgres({ stateFolder });
  const { port } = postgres;
  const databaseUrl = postgres.url("killed");
  await migrate(databaseUrl);
  const db = openDb(databaseUrl);
  onTestFinished(async () => {
    await db.close();
    await postgres.stop();
    await removeData(stateFolder);
    await rm(stateFolder, { recursive: true });
  });
  return {
    databaseUrl,
    db,
    async kill() {
      const pids = [await postmasterOf(stateFolder), ...(await backendsOf(db))];
      for (const pid of pids) process.kill(pid, "SIGKILL");
      await postgres.exited;
      postgres = await startPostgres({ stateFolder, port });
    },
  };
}

async function postmasterOf(stateFolder: string) {
  const file = await readFile(path.join(stateFolder, "pg/postmaster.pid"), "utf8");
  return Number(file.split("\n")[0]);
}

/** The postmaster is the first to go, so that it starts none anew. */
async function backendsOf({ pool }: Db) {
  const { rows } = await pool.query<{ pid: number }>("SELECT pid FROM pg_stat_activity");
  return rows.map(({ pid }) => pid);
}
