import { realpathSync, statSync } from "node:fs";
import path from "node:path";

/** User that PostgreSQL runs as. Under root this is `nobody`, because PostgreSQL refuses root. */
export const postgresUser = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;

/** Environment without our settings. The pages' types require `NODE_ENV`, which PostgreSQL does not read. */
export const bareEnv = { NODE_ENV: "production" } as const;

/** True if every user, including `nobody`, can pass through all folders down to this one. */
export function isReachable(folder: string): boolean {
  const real = realpathSync(folder);
  for (let at = real; at !== path.dirname(at); at = path.dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
  }
  return true;
}
