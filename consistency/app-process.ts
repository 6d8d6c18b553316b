import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");

export type AppSettings = {
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
export function createApp({ main, env, clockOff, log }: AppSettings) {
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
