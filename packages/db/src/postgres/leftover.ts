import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { findCommandLine } from "./find-command-line.ts";
import { CannotStart } from "./cannot-start.ts";

/** Finds the server that runs on a data folder; null if there is none. */
export function findServer(dataFolder: string): { pid: number; port: number } | null {
  const file = path.join(dataFolder, "postmaster.pid");
  if (!existsSync(file)) return null;

  const [pid, , , port] = readFileSync(file, "utf8").split("\n").map(Number);
  if (pid === undefined || port === undefined) return null;
  // Another program may have the number of an ended process by now.
  return findCommandLine(pid)?.includes(`-D ${dataFolder} `) === true ? { pid, port } : null;
}

/** A server that writes its last checkpoint takes a while. */
const PATIENCE_MS = 30_000;

/**
 * Shuts down a PostgreSQL that still holds the data because its supervisor was killed, and removes what an ended one
 * left. It cannot tell a server whose supervisor still runs: the caller makes sure that there is none.
 */
export async function stopLeftover(dataFolder: string) {
  const leftover = findServer(dataFolder);
  if (leftover === null) {
    rmSync(path.join(dataFolder, "postmaster.pid"), { force: true });
    return;
  }
  process.kill(leftover.pid, "SIGINT");
  for (const begun = performance.now(); findServer(dataFolder) !== null; await wait(20)) {
    if (performance.now() - begun < PATIENCE_MS) continue;
    throw new CannotStart(
      `PostgreSQL of an earlier start (process ${leftover.pid}) does not stop: end it, and start again.`,
    );
  }
}
