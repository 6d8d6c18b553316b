import { existsSync } from "node:fs";
import path from "node:path";
import { CannotStart } from "./cannot-start.ts";
import { keptSecret } from "./kept-secret.ts";

/** The password of a state folder's data. Data that has lost its password is not made anew. */
export function passwordOf(stateFolder: string, data: string): string {
  const file = path.join(stateFolder, "postgres-password");
  if (existsSync(data) && !existsSync(file)) {
    throw new CannotStart(
      `${file} is gone, and without it nobody can read ${data}: put it back, or move the data away to begin anew.`,
    );
  }
  return keptSecret(file);
}
