import type { Keys } from "./keys.ts";

const EVERY_MS = 5_000;

/**
 * Has a process that runs take up keys that are rotated meanwhile. What it may not do without them, such
 * as to look for erased numbers, fails until then; `onFault` hears why they cannot be opened.
 */
export function keepKeysCurrent(keys: Keys, onFault: (error: unknown) => void) {
  let told = "";
  const refresh = async () => {
    try {
      await keys.refresh();
      told = "";
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      if (said !== told) onFault(error);
      told = said;
    }
  };
  setInterval(() => void refresh(), EVERY_MS).unref();
}
