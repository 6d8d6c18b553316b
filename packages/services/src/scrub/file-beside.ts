import { ServiceError } from "../errors.ts";
import type { FromThread } from "./file-thread.ts";
import type { Hashes, PlannedWork } from "./file-work.ts";
import { joined } from "./joined.ts";
import { startFileThread } from "./start-file-thread.ts";

/** The class of each number, from 1 on, and what is written for classes that were not met before. */
export type Classified = { classes: Int32Array<ArrayBuffer>; newEndings: readonly Uint8Array[] };
export type Classify = (numbers: Float64Array) => Classified;

/** Rows of the result, and of how many bytes of the file they are; at its end the hashes. */
export type Done = { written: Uint8Array; rows: number; bytes: number } | { hashes: Hashes };

export type FileBeside = {
  /** The result piece by piece; until it is asked for, the file is only read ahead. */
  screened: (classify: Classify) => AsyncGenerator<Done>;
  /** Has to be called in the end, however that is. */
  stop: () => Promise<void>;
};

/** As many pieces as may lie before the thread unread, or in classes and not taken yet. */
const maxWaiting = 16;
/** As much memory as what was read may take that nobody put into classes yet. */
const maxAheadBytes = 512 * 1_024 * 1_024;

/**
 * Reads a file, writes its result and hashes both in a thread of its own; here its numbers are put into
 * classes. It begins at once: while others wait for the database, the file is read.
 */
export function openFileBeside(
  content: AsyncIterable<Uint8Array>,
  planned: PlannedWork,
): FileBeside {
  const ready: Done[] = [];
  const ahead: { numbers: Float64Array; heldBytes: number }[] = [];
  let [aheadBytes, unread, untaken] = [0, 0, 0];
  let classify: Classify | null = null;

  const classifyNext = () => {
    if (classify === null) return;
    while (untaken < maxWaiting) {
      const next = ahead.shift();
      if (next === undefined) return;
      aheadBytes -= next.heldBytes;
      untaken++;
      const classified = classify(next.numbers);
      thread.send(classified, [classified.classes.buffer]);
    }
  };
  const hear = (message: FromThread) => {
    if ("numbers" in message) {
      ahead.push(message);
      aheadBytes += message.heldBytes;
      classifyNext();
    } else if ("refused" in message) throw new ServiceError("invalid", message.refused);
    else if ("isRead" in message) unread--;
    else ready.push(message);
  };
  const thread = startFileThread(planned, hear);

  const isFull = () => unread > maxWaiting || aheadBytes > maxAheadBytes;
  const feed = async () => {
    for await (const piece of inPieces(content)) {
      if (thread.hasFailed()) return;
      unread++;
      thread.send({ content: piece }, [piece.buffer]);
      while (isFull()) await thread.changed();
    }
    thread.send({ content: null });
  };
  const feeding = feed().catch(thread.fail);

  return {
    async *screened(by) {
      classify = by;
      classifyNext();
      for (;;) {
        while (ready.length === 0) await thread.changed();
        for (const done of ready.splice(0)) {
          yield done;
          if ("hashes" in done) return;
          untaken--;
          classifyNext();
        }
        thread.change();
      }
    },
    stop: () => thread.stop().then(() => feeding),
  };
}

/** As much as the thread works on at once: to wake it for each small chunk would take longer than the work. */
const pieceBytes = 256 * 1_024;

async function* inPieces(content: AsyncIterable<Uint8Array>) {
  let chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of content) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes < pieceBytes) continue;
    yield joined(chunks);
    chunks = [];
    bytes = 0;
  }
  yield joined(chunks);
}
