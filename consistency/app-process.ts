import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");

export type AppSettings = {
  /** From the root of the repository. */
  main: string;
  env: Readonly<Record<string, string>>;
  /** Seconds by which its clock is wrong. */
  clockOff: number;
  /** The file to which it may complain: while it has no database, it does so at length. */
  log: number;
};

/** Goes with us, whatever ends us. */
const living = new Set<ChildProcess>();
process.once("exit", () => living.forEach((child) => child.kill("SIGKILL")));

/** An app as it runs in production, that is killed without warning and started again. */
export function makeApp({ main, env, clockOff, log }: AppSettings) {
  let child: ChildProcess | null = null;
  let kills = 0;

  const start = async () => {
    const started = spawn(process.execPath, [path.join(root, main)], {
      env: { PATH: process.env.PATH, NODE_ENV: "production", ...env, ...clockOf(clockOff) },
      stdio: ["ignore", "pipe", log],
    });
    child = started;
    living.add(started);
    started.once("exit", () => living.delete(started));
    const { stdout } = started;
    if (stdout === null) throw new Error("an app without a log");
    // The API says so, in a line of its log, when it listens; a worker says nothing.
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
/** Asked for once, and without what they would share: who is killed leaves that behind, for others to stumble over. */
const alone = { FAKETIME_DISABLE_SHM: "1" };
let library: string | null = null;

/** As `faketime` sets it for what it starts: itself, it would stand between us and the process. */
function clockOf(off: number) {
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
