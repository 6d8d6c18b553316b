import { mkdirSync, mkdtempSync } from "node:fs";
import path from "node:path";
import { CannotStart } from "./cannot-start.ts";

/**
 * A new folder in the place where root keeps what `nobody` has to reach and a private folder (a
 * clone in /root) would hide. Root alone can write there, so that nobody else can be there first.
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
