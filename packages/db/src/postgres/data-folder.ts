import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import path from "node:path";
import { CannotStart } from "./cannot-start.ts";
import { stopLeftover } from "./leftover.ts";
import { isReachable, postgresUser } from "./postgres-user.ts";
import { newRootFolder } from "./root-folder.ts";

/**
 * Returns the data folder of a state folder: `pg`. This is a link to another place if PostgreSQL runs as
 * `nobody` and cannot reach the state folder. At the first start the folder does not exist yet.
 */
export function dataFolder(stateFolder: string): string {
  const folder = path.join(stateFolder, "pg");
  mkdirSync(stateFolder, { recursive: true });
  refuseOthers(stateFolder, process.getuid?.());
  chmodSync(stateFolder, postgresUser === undefined ? 0o700 : 0o711);
  if (existsSync(folder)) {
    refuseOthers(realpathSync(folder), postgresUser?.uid ?? process.getuid?.());
    return realpathSync(folder);
  }
  if (postgresUser === undefined || isReachable(stateFolder)) return folder;

  const place = newRootFolder("data");
  chmodSync(place, 0o711);
  rmSync(folder, { force: true }); // a link whose place is gone
  symlinkSync(path.join(place, "pg"), folder);
  return path.join(place, "pg");
}

function refuseOthers(folder: string, uid: number | undefined) {
  if (uid === undefined || statSync(folder).uid === uid) return;
  throw new CannotStart(
    `${folder} belongs to another user, as when root started Ringfence before: start it as that user, or move the folder away to begin anew.`,
  );
}

/** Data of another major version is not touched. */
export function refuseOtherVersion(folder: string, version: string) {
  const [major] = version.split(".", 1);
  const made = readFileSync(path.join(folder, "PG_VERSION"), "utf8").trim();
  if (made === major) return;
  throw new CannotStart(
    `${folder} holds data of PostgreSQL ${made}, and this Ringfence brings ${major}: carry it over with pg_dump as docs/operations.md says, or move the folder away to begin anew.`,
  );
}

/** Removes the data of a state folder, and first the server that a killed start left on it. */
export async function removeData(stateFolder: string) {
  const folder = path.join(stateFolder, "pg");
  const place = linkedPlace(folder);
  if (existsSync(folder)) await stopLeftover(realpathSync(folder));
  if (place !== null) rmSync(place, { recursive: true });
  rmSync(folder, { recursive: true, force: true });
}

/** The folder outside that holds the data, where `nobody` could not reach them inside. */
function linkedPlace(folder: string) {
  const isLink = lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return isLink && existsSync(folder) ? path.dirname(realpathSync(folder)) : null;
}
