import type { Keys } from "./keys.ts";

const EVERY_MS = 5_000;

/**
 * Makes a running process pick up keys that were rotated. Until it has them, operations that need them, such
 * as finding erased numbers, fail. `onFault` receives the reason if they cannot be opened.
 */
export function keepKeysCurrent(keys: Keys, onFault: (error: unknown) => void) {
  let lastMessage = "";
  const refresh = async () => {
    try {
      await keys.refresh();
      lastMessage = "";
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (message !== lastMessage) onFault(error);
      lastMessage = message;
    }
  };
  setInterval(() => void refresh(), EVERY_MS).unref();
}
