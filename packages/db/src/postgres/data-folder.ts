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
import { isReachable, newRootFolder, postgresUser } from "./postgres-user.ts";

/**
 * Creates a state folder, readable by its owner alone, and returns its data folder: `pg`. This is a link to another
 * place if PostgreSQL runs as `nobody` and cannot reach the state folder. At the first start the data folder does not
 * exist yet. Throws CannotStart if a folder belongs to another user.
 */
export function prepareDataFolder(stateFolder: string): string {
  const folder = path.join(stateFolder, "pg");
  mkdirSync(stateFolder, { recursive: true });
  assertOwnedBy(process.getuid?.(), stateFolder);
  chmodSync(stateFolder, postgresUser === undefined ? 0o700 : 0o711);
  if (existsSync(folder)) {
    assertOwnedBy(postgresUser?.uid ?? process.getuid?.(), realpathSync(folder));
    return realpathSync(folder);
  }
  if (postgresUser === undefined || isReachable(stateFolder)) return folder;

  const place = newRootFolder("data");
  chmodSync(place, 0o711);
  rmSync(folder, { force: true }); // a link whose place is gone
  symlinkSync(path.join(place, "pg"), folder);
  return path.join(place, "pg");
}

function assertOwnedBy(uid: number | undefined, folder: string) {
  if (uid === undefined || statSync(folder).uid === uid) return;
  throw new CannotStart(
    `${folder} belongs to another user, as when root started Ringfence before: start it as that user, or move the folder away to begin anew.`,
  );
}

/** Throws CannotStart if the data is of another major version, which this one must not touch. */
export function assertSameMajor(folder: string, version: string) {
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
  const linked = findLinkedFolder(folder);
  if (existsSync(folder)) await stopLeftover(realpathSync(folder));
  if (linked !== null) rmSync(linked, { recursive: true });
  rmSync(folder, { recursive: true, force: true });
}

/** Finds the folder outside the state folder that holds its data, if `pg` is a link; null if it is none. */
function findLinkedFolder(folder: string) {
  const isLink = lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return isLink && existsSync(folder) ? path.dirname(realpathSync(folder)) : null;
}
