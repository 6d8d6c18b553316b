import path from "node:path";
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { openDb } from "@ringfence/db";
import { migrate } from "@ringfence/db/migrate";
import { startPostgres } from "@ringfence/db/postgres";
import { findStablePort } from "./stable-port.ts";

const root = path.resolve(import.meta.dirname, "..");

type AppSettings = {
  /** Path from the root of the repository. */
  main: string;
  env: Readonly<Record<string, string>>;
  /** Seconds by which its clock is wrong. */
  clockOff: number;
  /** File for its output, which is long while it has no database. */
  log: number;
};

/** Children to kill when this process ends in any way. */
const living = new Set<ChildProcess>();
process.once("exit", () => living.forEach((child) => child.kill("SIGKILL")));

/** Makes an app as in production that is killed without warning and started again. */
function createApp({ main, env, clockOff, log }: AppSettings) {
  let child: ChildProcess | null = null;
  let kills = 0;

  const start = async () => {
    const started = spawn(process.execPath, [path.join(root, main)], {
      env: {
        PATH: process.env.PATH,
        NODE_ENV: "production",
        ...env,
        ...clockEnvironment(clockOff),
      },
      stdio: ["ignore", "pipe", log],
    });
    child = started;
    living.add(started);
    started.once("exit", () => living.delete(started));
    const { stdout } = started;
    if (stdout === null) throw new Error("an app without a log");
    // The API prints a line to its log when it listens; a worker prints nothing.
    if (env.API_PORT !== undefined) {
      const ended = once(started, "exit").then(() => Promise.reject(new Error(`${main} ended`)));
      await Promise.race([once(stdout, "data"), ended]);
      ended.catch(() => {}); // it will be killed
    }
    stdout.resume();
  };
  const stop = async (signal: NodeJS.Signals) => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
  };
  return {
    start,
    stop: () => stop("SIGKILL"),
    async killAndStart() {
      kills++;
      await stop("SIGKILL");
      await start();
    },
    kills: () => kills,
  };
}

/** Turns off shared memory, which a killed process would leave behind for others to stumble over. */
const alone = { FAKETIME_DISABLE_SHM: "1" };
let library: string | null = null;

/**
 * Sets the clock as `faketime` does for its children. Running `faketime` itself would put a process
 * between us and the app.
 */
function clockEnvironment(off: number) {
  if (off === 0) return {};
  const env = { ...process.env, ...alone };
  library ??= execFileSync("faketime", ["-f", "+0s", "printenv", "LD_PRELOAD"], { env }).toString();
  return {
    LD_PRELOAD: library.trim(),
    FAKETIME: `${off < 0 ? "" : "+"}${off}s`,
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
    ...alone,
  };
}

/** `apiMain` replaces the API with a program that has a planted bug. */
export type ProcessesSettings = { folder: string; apiMain?: string | undefined };

const clocks = [0, 90, -90];
const workerCount = 2;
const settings = { shared_buffers: "256MB", max_connections: "100" };

/**
 * Starts a database that survives a power failure, three APIs with clocks that disagree, and two
 * workers.
 */
export async function startProcesses({
  folder,
  apiMain = "apps/api/src/main.ts",
}: ProcessesSettings) {
  const port = await findStablePort();
  const startDatabase = () => startPostgres({ stateFolder: folder, port, settings });
  let postgres = await startDatabase();
  let outages = 0;
  const urls = postgres.urls("consistency");
  await migrate(urls);
  const { url } = urls;
  const shared = {
    DATABASE_URL: url,
    PUBLIC_URL: "http://127.0.0.1:3000",
    API_URL: "http://127.0.0.1:4000",
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

export type Processes = Awaited<ReturnType<typeof startProcesses>>;
