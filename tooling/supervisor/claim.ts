import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { CannotStart, findCommandLine } from "@ringfence/db/postgres";

export const claimFile = "supervisor.pid";

/** Process id of the supervisor that runs on a state folder; null if there is none. */
export function findOwner(stateFolder: string): number | null {
  const file = claimPath(stateFolder);
  if (!existsSync(file)) return null;
  const pid = Number(readFileSync(file, "utf8"));
  // The id of a killed process may belong to another program by now.
  return /tooling\/\w+\.ts/.test(findCommandLine(pid) ?? "") ? pid : null;
}

/** Claims a state folder: two supervisors on one would take each other's PostgreSQL away. */
export function claim(stateFolder: string) {
  const owner = findOwner(stateFolder);
  if (owner !== null) {
    throw new CannotStart(
      `Ringfence already runs on ${stateFolder}, as process ${owner}: stop that, or set RINGFENCE_STATE to another folder.`,
    );
  }
  mkdirSync(stateFolder, { recursive: true });
  writeFileSync(claimPath(stateFolder), String(process.pid));
  return () => rmSync(claimPath(stateFolder), { force: true });
}

const claimPath = (stateFolder: string) => path.join(stateFolder, claimFile);
