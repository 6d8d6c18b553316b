import { realpathSync, statSync } from "node:fs";
import path from "node:path";

/** PostgreSQL refuses root; under root it runs as `nobody`. */
export const postgresUser = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;

/** Holds no setting of ours. The pages' types ask every environment for `NODE_ENV`, which PostgreSQL does not read. */
export const bareEnv = { NODE_ENV: "production" } as const;

/** May every user, so `nobody` too, pass through all folders down to this one, and read it? */
export function isReachable(folder: string): boolean {
  const real = realpathSync(folder);
  for (let at = real; at !== path.dirname(at); at = path.dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
  }
  return true;
}
