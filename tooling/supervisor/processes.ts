import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { CannotStart } from "@ringfence/db/postgres";
import { machineEnvironment } from "./child-environment.ts";
import { root } from "./installation-settings.ts";

/**
 * Each child has a process group of its own, so that Ctrl-C reaches only the supervisor and a group
 * is stopped whole.
 */
const running = new Set<ChildProcess>();

function spawnProcess(
  command: string,
  args: readonly string[],
  { cwd = root, env }: { cwd?: string; env: Record<string, string> },
) {
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
  });
  running.add(child);
  const exited = new Promise<number>((resolve) => {
    child.once("error", () => resolve(127));
    child.once("exit", (code, signal) => resolve(code ?? toExitCode(signal)));
  }).finally(() => running.delete(child));
  return { child, exited };
}

/** Returns the exit code as shells write it: 137 for SIGKILL. */
const toExitCode = (signal: NodeJS.Signals | null) =>
  signal === null ? 1 : 128 + constants.signals[signal];

/** Prints whole lines, so that those of two programs never mix. */
function print({ stdout, stderr }: ChildProcess, prefix: string) {
  for (const input of [stdout, stderr]) {
    if (input === null) continue;
    createInterface({ input }).on("line", (line) => console.log(`${prefix}${line}`));
  }
}

/** Runs a command to its end. */
export async function runCommand(
  command: string,
  args: readonly string[],
  env: Record<string, string>,
) {
  const { child, exited } = spawnProcess(command, args, {
    env: { ...machineEnvironment(process.env), ...env },
  });
  print(child, "");
  const code = await exited;
  if (code === 0) return;
  throw new CannotStart(`${command} ${args.join(" ")} ended with ${code}: what it says is above.`);
}

const exitWithParent = path.join(import.meta.dirname, "exit-with-parent.ts");

/** A Node program that runs until stopped. */
export type Service = {
  name: string;
  args: readonly string[];
  /** Its whole environment; nothing is added. */
  env: Record<string, string>;
  cwd?: string;
  /** Restarts when a file it uses changes. */
  isWatched?: boolean;
  /** Address that answers when the service works. */
  url?: string;
};

/** Runs a service on this same Node; resolves when it and everything it started have exited. */
export async function runService({ name, args, isWatched, cwd, env }: Service): Promise<number> {
  const flags = isWatched ? ["--watch"] : [];
  const { child, exited } = spawnProcess(process.execPath, [...flags, exitWithParent, ...args], {
    ...(cwd !== undefined && { cwd }),
    env,
  });
  print(child, `${name.padEnd(6)} | `);
  const code = await exited;
  if (child.pid !== undefined) signalGroup(-child.pid, "SIGKILL");
  return code;
}

/** Stops all processes, by force after five seconds; resolves when they have exited. */
export async function stopProcesses() {
  const exits = [...running].map((child) => new Promise((resolve) => child.once("exit", resolve)));
  const signal = (name: NodeJS.Signals) => {
    for (const { pid } of running) if (pid !== undefined) signalGroup(-pid, name);
  };
  signal("SIGTERM");
  const force = setTimeout(() => signal("SIGKILL"), 5000);
  await Promise.all(exits);
  clearTimeout(force);
}

function signalGroup(group: number, name: NodeJS.Signals) {
  try {
    process.kill(group, name);
  } catch {
    // The group ended at this very moment.
  }
}
