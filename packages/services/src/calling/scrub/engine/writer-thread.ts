import { type MessagePort, parentPort } from "node:worker_threads";
import { type LookupResult, type LookupSources, createLookup } from "./look-up.ts";
import type { PlannedFile } from "./plan-file.ts";
import type { ClassifiedRows } from "./result-writer.ts";
import { type ScreenedRows, createRowWriter } from "./screen-rows.ts";
import { rethrow, listBuffers, lowerThreadPriority, send } from "./thread-messages.ts";

// The other thread that screens a file: it looks numbers up for classifier-thread.ts, and writes the rows whose
// verdicts that thread has found.
export type ToWriterThread =
  /** Port to the classifier thread. */
  | { classifier: MessagePort }
  /** Memory of rows that this thread wrote. */
  | { memory: ArrayBuffer };

export type FromWriterThread = { screened: ScreenedRows };

export type WriterRequest =
  /** The next file, and the sources in which its numbers are looked up. */
  | { begin: PlannedFile; lookups: LookupSources }
  /** Numbers to look up. */
  | { digits: Float64Array }
  /** Rows to write. */
  | { judged: ClassifiedRows }
  /** The file is done. */
  | { end: true };
/** The result of a look-up, or null after rows were written. */
export type WriterReply = { found: LookupResult | null };

let writer: ReturnType<typeof createRowWriter> | null = null;
let look: ReturnType<typeof createLookup> | null = null;

parentPort?.on("message", (message: ToWriterThread) => {
  if ("classifier" in message) connect(message.classifier);
  else writer?.giveBack(message.memory);
});
parentPort?.on("messageerror", rethrow);
lowerThreadPriority();

function connect(classifier: MessagePort) {
  const answer = (message: WriterReply, moved: ArrayBuffer[] = []) =>
    send(classifier, message, moved);
  classifier.on("message", (message: WriterRequest) => {
    if ("digits" in message) {
      const found = lookUp(message.digits);
      answer({ found }, listBuffers(found.phones, ...found.answers));
    } else if ("judged" in message) {
      write(message.judged);
      answer({ found: null });
    } else if ("begin" in message) {
      writer = createRowWriter(message.begin);
      look = createLookup(message.lookups);
    } else [writer, look] = [null, null];
  });
  classifier.on("messageerror", rethrow);
}

function lookUp(digits: Float64Array): LookupResult {
  if (look === null) throw new Error("numbers came before the sources to look them up in");
  return look(digits);
}

function write(judged: ClassifiedRows) {
  if (writer === null || parentPort === null) throw new Error("rows came before their file");
  const screened = writer.write(judged);
  const message: FromWriterThread = { screened };
  send(parentPort, message, listBuffers(screened.written));
}
