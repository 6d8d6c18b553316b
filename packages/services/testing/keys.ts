import { toKeys } from "../src/platform/keys/to-keys.ts";
import { KEY_NAMES, createKeyFile, readKeyFile } from "../src/platform/keys/key-files.ts";
import { type OpenedKey, toKeyRing } from "../src/platform/keys/key-ring.ts";
import type { Keys } from "../src/platform/keys/keys.ts";

/** Opens the keys in a folder, creating missing ones, without asking a database. */
export function keysIn(folder: string): Keys {
  const opened = KEY_NAMES.map((name): OpenedKey => {
    createKeyFile(folder, name, 1);
    const key = readKeyFile(folder, name, 1);
    if (key === null || "fault" in key) throw new Error(`no ${name} key in ${folder}`);
    return { ...key, isOver: false };
  });
  const ring = toKeyRing(opened);
  return toKeys(ring, () => Promise.resolve(ring));
}
