import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { commandOf } from "./command-of.ts";
import { CannotStart } from "./cannot-start.ts";

/** What the server that holds a data folder wrote of itself; null when none does. */
export function serverOf(dataFolder: string): { pid: number; port: number } | null {
  const file = path.join(dataFolder, "postmaster.pid");
  if (!existsSync(file)) return null;

  const [pid, , , port] = readFileSync(file, "utf8").split("\n").map(Number);
  if (pid === undefined || port === undefined) return null;
  // The number of a process that ended may be another program's by now.
  return commandOf(pid)?.includes(`-D ${dataFolder} `) === true ? { pid, port } : null;
}

/** A PostgreSQL whose supervisor was killed still holds the data: it is shut down in good order. */
export async function stopLeftover(dataFolder: string, patienceMs = 30_000) {
  const leftover = serverOf(dataFolder);
  if (leftover === null) {
    rmSync(path.join(dataFolder, "postmaster.pid"), { force: true });
    return;
  }
  process.kill(leftover.pid, "SIGINT");
  for (const begun = performance.now(); serverOf(dataFolder) !== null; await wait(20)) {
    if (performance.now() - begun < patienceMs) continue;
    throw new CannotStart(
      `PostgreSQL of an earlier start (process ${leftover.pid}) does not stop: end it, and start again.`,
    );
  }
}
