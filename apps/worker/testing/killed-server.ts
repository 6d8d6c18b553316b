import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Db, openDb } from "@ringfence/db";
import { migrate } from "@ringfence/db/migrate";
import { removeData, startPostgres } from "@ringfence/db/postgres";
import { afterAll } from "vitest";

/** A durable PostgreSQL for one test file, on a fixed port, all of whose processes can be killed. */
export async function aServerToKill() {
  const stateFolder = await mkdtemp(path.join(tmpdir(), "ringfence-killed-"));
  // Starts on any free port and later reuses it, so that clients find it again.
  let postgres = await startPostgres({ stateFolder });
  const { port } = postgres;
  const urls = postgres.urls("killed");
  await migrate(urls);
  const databaseUrl = urls.url;
  const db = openDb(databaseUrl);
  afterAll(async () => {
    await db.close();
    await postgres.stop();
    await removeData(stateFolder);
    await rm(stateFolder, { recursive: true });
  });
  return {
    databaseUrl,
    db,
    async kill() {
      const pids = [await readPostmaster(stateFolder), ...(await listBackends(db))];
      for (const pid of pids) process.kill(pid, "SIGKILL");
      await postgres.exited;
      postgres = await startPostgres({ stateFolder, port });
    },
  };
}

async function readPostmaster(stateFolder: string) {
  const file = await readFile(path.join(stateFolder, "pg/postmaster.pid"), "utf8");
  return Number(file.split("\n")[0]);
}

/** Lists the postmaster first, so that it cannot restart the others. */
async function listBackends({ pool }: Db) {
  const { rows } = await pool.query<{ pid: number }>("SELECT pid FROM pg_stat_activity");
  return rows.map(({ pid }) => pid);
}
