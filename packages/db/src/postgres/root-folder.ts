import { mkdirSync, mkdtempSync } from "node:fs";
import path from "node:path";
import { CannotStart } from "./cannot-start.ts";

/**
 * Creates a folder for what `nobody` has to reach, because a private folder (a clone in /root) would hide it.
 * Only root can write to its place, so nobody else can create it first.
 */
export function newRootFolder(name: string, parent = "/var/lib/ringfence"): string {
  try {
    mkdirSync(parent, { recursive: true, mode: 0o755 });
    return mkdtempSync(path.join(parent, `${name}-`));
  } catch (cause) {
    const sentence = `Under root PostgreSQL runs as “nobody”, who cannot reach this folder, and ${parent} cannot be written: move Ringfence out of the private folder, or start it as an ordinary user.`;
    throw new CannotStart(sentence, { cause });
  }
}
