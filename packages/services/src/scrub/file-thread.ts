// What is done to a file beside the screening, on another core.
import { parentPort, workerData } from "node:worker_threads";
import { ServiceError } from "../errors.ts";
import type { Message } from "@ringfence/core/message";
import { type Hashes, makeFileWork, type PlannedWork } from "./file-work.ts";

/** Bytes of the file, until null ends them; and the classes of numbers, in the order of those told. */
export type ToThread =
  | { content: Uint8Array | null }
  | { classes: Int32Array; newEndings: readonly Uint8Array[] };

export type FromThread =
  /** Of rows that take so much memory until they are written. */
  | { numbers: Float64Array; heldBytes: number }
  /** Rows of the result, and how many bytes of the file they are. */
  | { written: Uint8Array; rows: number; bytes: number }
  /** The bytes that were sent last were read. */
  | { isRead: true }
  | { refused: Message }
  | { hashes: Hashes };

const planned: PlannedWork = workerData;
const work = makeFileWork(planned);
let open = 0;
let isWhole = false;

function take(message: ToThread) {
  if ("classes" in message) {
    const { classes, newEndings } = message;
    const { written, bytes } = work.write(classes, newEndings);
    tell({ written, rows: classes.length, bytes }, [written.buffer]);
    open--;
  } else {
    const { content } = message;
    for (const read of content === null ? work.end() : work.read(content)) {
      tell(read, [read.numbers.buffer]);
      open++;
    }
    isWhole = content === null;
    tell({ isRead: true });
  }
  if (isWhole && open === 0) {
    tell({ hashes: work.hashes() });
    parentPort?.close();
  }
}

function tell(message: FromThread, moved: ArrayBuffer[] = []) {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(message, moved);
}

parentPort?.on("message", (message: ToThread) => {
  try {
    take(message);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    tell({ refused: error.explanation });
  }
});
