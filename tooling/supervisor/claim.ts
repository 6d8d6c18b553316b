import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { CannotStart, findCommandLine } from "@ringfence/db/postgres";

export const claimFile = "supervisor.pid";

/** The supervisor that runs on a state folder, by the number of its process; null when none does. */
export function ownerOf(stateFolder: string): number | null {
  const file = fileOf(stateFolder);
  if (!existsSync(file)) return null;
  const pid = Number(readFileSync(file, "utf8"));
  // The number of a process that was killed may be another program's by now.
  return /tooling\/\w+\.ts/.test(findCommandLine(pid) ?? "") ? pid : null;
}

/** Two supervisors on one folder would take each other's PostgreSQL away. */
export function claim(stateFolder: string) {
  const owner = ownerOf(stateFolder);
  if (owner !== null) {
    throw new CannotStart(
      `Ringfence already runs on ${stateFolder}, as process ${owner}: stop that, or set RINGFENCE_STATE to another folder.`,
    );
  }
  mkdirSync(stateFolder, { recursive: true });
  writeFileSync(fileOf(stateFolder), String(process.pid));
  return () => rmSync(fileOf(stateFolder), { force: true });
}

const fileOf = (stateFolder: string) => path.join(stateFolder, claimFile);
