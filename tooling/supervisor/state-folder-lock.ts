import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { CannotStart, findCommandLine } from "@ringfence/db/postgres";

export const lockFile = "supervisor.pid";

/** Finds the process id of the supervisor that uses a state folder; null if there is none. */
export function findRunningSupervisor(stateFolder: string): number | null {
  const file = lockPath(stateFolder);
  if (!existsSync(file)) return null;
  const pid = Number(readFileSync(file, "utf8"));
  // The process id of a killed supervisor may belong to another program by now.
  return /tooling\/\w+\.ts/.test(findCommandLine(pid) ?? "") ? pid : null;
}

/**
 * Locks a state folder, and returns how to unlock it. Two supervisors on one folder would stop each
 * other's PostgreSQL.
 */
export function lockStateFolder(stateFolder: string) {
  const running = findRunningSupervisor(stateFolder);
  if (running !== null) {
    throw new CannotStart(
      `Ringfence already runs on ${stateFolder}, as process ${running}: stop that, or set RINGFENCE_STATE to another folder.`,
    );
  }
  mkdirSync(stateFolder, { recursive: true });
  writeFileSync(lockPath(stateFolder), String(process.pid));
  return () => rmSync(lockPath(stateFolder), { force: true });
}

const lockPath = (stateFolder: string) => path.join(stateFolder, lockFile);
