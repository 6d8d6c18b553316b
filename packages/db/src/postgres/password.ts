import { existsSync } from "node:fs";
import path from "node:path";
import { CannotStart } from "./cannot-start.ts";
import { keptSecret } from "./kept-secret.ts";

/** Loads the password of a state folder's data, or creates it for new data. Throws if the password was lost. */
export function loadOrCreatePassword(stateFolder: string, data: string): string {
  const file = path.join(stateFolder, "postgres-password");
  if (existsSync(data) && !existsSync(file)) {
    throw new CannotStart(
      `${file} is gone, and without it nobody can read ${data}: put it back, or move the data away to begin anew.`,
    );
  }
  return keptSecret(file);
}
