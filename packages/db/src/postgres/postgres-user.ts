import { mkdirSync, mkdtempSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { CannotStart } from "./cannot-start.ts";

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

const PARENT = "/var/lib/ringfence";

/**
 * Creates a folder for what `nobody` has to reach, because a private folder (a clone in /root) would hide it.
 * Only root can write to its place, so nobody else can create it first.
 */
export function newRootFolder(name: string): string {
  try {
    mkdirSync(PARENT, { recursive: true, mode: 0o755 });
    return mkdtempSync(path.join(PARENT, `${name}-`));
  } catch (cause) {
    const sentence = `Under root PostgreSQL runs as “nobody”, who cannot reach this folder, and ${PARENT} cannot be written: move Ringfence out of the private folder, or start it as an ordinary user.`;
    throw new CannotStart(sentence, { cause });
  }
}
