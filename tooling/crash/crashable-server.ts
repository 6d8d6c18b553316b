import { readFileSync } from "node:fs";
import path from "node:path";
import getPort from "get-port";
import { findRunningUrls, startPostgres } from "@ringfence/db/postgres";

/** A durable PostgreSQL on a fixed port that can be stopped as if the power were cut. */
export async function startCrashableServer(stateFolder: string) {
  const settings = { port: String(await getPort()) };
  let postgres = await startPostgres({ stateFolder, settings });
  const urls = findRunningUrls(stateFolder, "crash");
  if (urls === null) throw new Error("PostgreSQL has no address");

  return {
    ...urls,
    /** Like `pg_ctl stop -m immediate`: stops without a checkpoint or goodbye, then recovers. */
    async crash() {
      const [pid] = readFileSync(path.join(stateFolder, "pg/postmaster.pid"), "utf8").split("\n");
      process.kill(Number(pid), "SIGQUIT");
      await postgres.exited;
      postgres = await startPostgres({ stateFolder, settings });
    },
    stop: () => postgres.stop(),
  };
}
