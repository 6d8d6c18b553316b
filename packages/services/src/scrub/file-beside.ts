import { ServiceError } from "../errors.ts";
import type { FromThread } from "./file-thread.ts";
import type { Hashes, PlannedWork } from "./file-work.ts";
import { startFileThread } from "./start-file-thread.ts";

/** The class of each number, from 1 on, and what is written for classes that were not met before. */
export type Classified = { classes: Int32Array<ArrayBuffer>; newEndings: readonly Uint8Array[] };

/** Rows of the result, and at its end the hashes. */
export type Done = { written: Uint8Array; rows: number } | { hashes: Hashes };

/** As much as may lie before the thread unread, or behind it unwritten. */
const maxWaiting = 16;

/**
 * Reads a file, writes its result and hashes both in a thread of its own; here its numbers are put into
 * classes. Gives the result piece by piece.
 */
export async function* fileBeside(
  content: AsyncIterable<Uint8Array>,
  planned: PlannedWork,
  classify: (numbers: Float64Array) => Classified,
): AsyncGenerator<Done> {
  const ready: Done[] = [];
  const unread: Uint8Array[] = [];

  const hear = (message: FromThread) => {
    if ("numbers" in message) {
      const classified = classify(message.numbers);
      thread.send(classified, [classified.classes.buffer]);
    } else if ("refused" in message) throw new ServiceError("invalid", message.refused);
    else if ("isRead" in message) unread.shift();
    else ready.push(message);
  };
  const thread = startFileThread(planned, hear);

  const feed = async () => {
    for await (const chunk of content) {
      if (thread.hasFailed()) return;
      const own = Uint8Array.from(chunk);
      unread.push(chunk);
      thread.send({ content: own }, [own.buffer]);
      while (unread.length > maxWaiting || ready.length > maxWaiting) await thread.changed();
    }
    thread.send({ content: null });
  };
  const feeding = feed().catch(thread.fail);
  try {
    for (;;) {
      while (ready.length === 0) await thread.changed();
      for (const done of ready.splice(0)) {
        yield done;
        if ("hashes" in done) return;
      }
      thread.change();
    }
  } finally {
    await thread.stop();
    await feeding;
  }
}
