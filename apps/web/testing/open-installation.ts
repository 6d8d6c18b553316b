import path from "node:path";
import { openDb } from "@ringfence/db";
import { runningUrl } from "@ringfence/db/postgres";
import type { Installation } from "@ringfence/services/context";
import { openKeys } from "@ringfence/services/keys";

/** The database and the keys of the house that runs for end-to-end tests, as its apps have them. */
export function openInstallation(): Installation {
  const stateFolder = path.resolve(import.meta.dirname, "../../../.ringfence/e2e");
  const url = runningUrl(stateFolder, "ringfence");
  if (url === null) throw new Error("no house runs");
  return { db: openDb(url), keys: openKeys(path.join(stateFolder, "keys")) };
}
