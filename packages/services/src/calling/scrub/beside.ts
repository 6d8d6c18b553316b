import type { MessagePort } from "node:worker_threads";
import type { Found, LookedUpIn } from "./lookups.ts";
import type { PlannedFile } from "./plan-file.ts";
import { arraysOf, type JudgedRows } from "./result-writer.ts";
import type { NumberedRows } from "./row-reader.ts";
import { memoryOf, send } from "./thread-messages.ts";
import type { FromWriter, ToWriter } from "./writing-thread.ts";

/** So many stretches the other thread has at once, to look up and to write: it never waits for the next. */
const soughtAtOnce = 4;
const handedAtOnce = 3;

/** What the other thread does for one that judges: it looks numbers up before, and writes rows after that. */
export function makeBeside(port: MessagePort, onFound: () => void) {
  /** Stretches whose numbers are looked up, or have been. */
  const sought: { rows: NumberedRows; found: Found | null }[] = [];
  let handed = 0;
  port.removeAllListeners("message").on("message", ({ found }: FromWriter) => {
    if (found === null) handed--;
    else {
      const item = sought.find((some) => some.found === null);
      if (item !== undefined) item.found = found;
      onFound();
    }
  });
  const tell = (message: ToWriter, moved: ArrayBuffer[] = []) => send(port, message, moved);

  return {
    begin: (plan: PlannedFile, lookups: LookedUpIn) => tell({ begin: plan, lookups }),
    end() {
      tell({ end: true });
      // What hears holds all facts of the file.
      port.removeAllListeners("message").on("message", () => {});
    },
    isFree: () => sought.length < soughtAtOnce,
    seek(rows: NumberedRows) {
      sought.push({ rows, found: null });
      tell({ digits: rows.digits });
    },
    hasFound: () => (sought[0]?.found ?? null) !== null,
    /** The first rows that were sought, and what was found. */
    next(): { rows: NumberedRows; found: Found } | null {
      const { rows, found = null } = sought[0] ?? {};
      if (rows === undefined || found === null) return null;
      sought.shift();
      return { rows, found };
    },
    /** Whether it takes rows to be written: not while it has enough to do. */
    write(judged: JudgedRows): boolean {
      if (handed >= handedAtOnce) return false;
      handed++;
      tell({ judged }, memoryOf(...arraysOf(judged)));
      return true;
    },
  };
}
