import { openSync } from "node:fs";
import { openDb } from "@ringfence/db";
import { migrate } from "@ringfence/db/migrate";
import { startPostgres } from "@ringfence/db/postgres";
import { createApp } from "./app-process.ts";
import { findStablePort } from "./stable-port.ts";

/** `apiMain` replaces the API with a program that has a planted bug. */
export type ClusterSettings = { folder: string; apiMain?: string | undefined };

const clocks = [0, 90, -90];
const workerCount = 2;
const settings = { shared_buffers: "256MB", max_connections: "100" };

/**
 * Starts a database that survives a power failure, three APIs with clocks that disagree, and two
 * workers.
 */
export async function startCluster({ folder, apiMain = "apps/api/src/main.ts" }: ClusterSettings) {
  const port = await findStablePort();
  const startDatabase = () => startPostgres({ stateFolder: folder, port, settings });
  let postgres = await startDatabase();
  let outages = 0;
  const url = postgres.url("consistency");
  await migrate(url);
  const shared = {
    DATABASE_URL: url,
    PUBLIC_URL: "http://127.0.0.1:3000",
    RINGFENCE_KEY_DIR: `${folder}/keys`,
    RINGFENCE_FILES: `${folder}/files`,
    // Apps start many times; the cache spares them from compiling each time.
    NODE_COMPILE_CACHE: `${folder}/compiled`,
  };
  const log = openSync(`${folder}/apps.log`, "a");
  const ports = await Promise.all(clocks.map(findStablePort));
  const apis = clocks.map((clockOff, index) => {
    const own = { API_PORT: String(ports[index]), API_RATE_LIMIT: "100000000" };
    return createApp({ main: apiMain, env: { ...shared, ...own }, clockOff, log });
  });
  const workers = Array.from({ length: workerCount }, () =>
    createApp({ main: "apps/worker/src/main.ts", env: shared, clockOff: 0, log }),
  );
  const all = [...apis, ...workers];
  await Promise.all(all.map((app) => app.start()));

  return {
    db: openDb(url),
    origins: ports.map((port) => `http://127.0.0.1:${port}`),
    apis,
    workers,
    async failDatabase() {
      outages++;
      await postgres.stop("immediate");
      postgres = await startDatabase();
    },
    counts: () => ({ kills: all.reduce((sum, app) => sum + app.kills(), 0), outages }),
    async stop() {
      await Promise.all(all.map((app) => app.stop()));
      await postgres.stop();
    },
  };
}

export type Cluster = Awaited<ReturnType<typeof startCluster>>;
