import { mkdirSync, mkdtempSync } from "node:fs";
import path from "node:path";
import { CannotStart } from "./cannot-start.ts";

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
