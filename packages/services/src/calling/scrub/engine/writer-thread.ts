import { type MessagePort, parentPort } from "node:worker_threads";
import { type Found, type LookedUpIn, makeLookups } from "./look-up.ts";
import type { PlannedFile } from "./plan-file.ts";
import type { JudgedRows } from "./result-writer.ts";
import { type ScreenedRows, makeRowWriter } from "./screen-rows.ts";
import { failOf, memoryOf, send } from "./thread-messages.ts";

// The other thread for files: it looks numbers up for classifier-thread.ts, and writes the rows on which that has
// found the verdicts.
export type ToWriting =
  /** To the thread that judges. */
  | { judging: MessagePort }
  /** Memory of rows that this thread wrote. */
  | { memory: ArrayBuffer };

export type FromWriting = { screened: ScreenedRows };

export type ToWriter =
  /** The next file, and what its numbers are looked up in. */
  | { begin: PlannedFile; lookups: LookedUpIn }
  /** To be looked up. */
  | { digits: Float64Array }
  /** To be written. */
  | { judged: JudgedRows }
  /** Nothing comes any more of this file. */
  | { end: true };
/** What was found, or null for rows that were written. */
export type FromWriter = { found: Found | null };

let writer: ReturnType<typeof makeRowWriter> | null = null;
let look: ReturnType<typeof makeLookups> | null = null;

parentPort?.on("message", (message: ToWriting) => {
  if ("judging" in message) meet(message.judging);
  else writer?.giveBack(message.memory);
});
parentPort?.on("messageerror", failOf);

function meet(judging: MessagePort) {
  const answer = (message: FromWriter, moved: ArrayBuffer[] = []) => send(judging, message, moved);
  judging.on("message", (message: ToWriter) => {
    if ("digits" in message) {
      const found = lookUp(message.digits);
      answer({ found }, memoryOf(found.live, ...found.answers));
    } else if ("judged" in message) {
      write(message.judged);
      answer({ found: null });
    } else if ("begin" in message) {
      writer = makeRowWriter(message.begin);
      look = makeLookups(message.lookups);
    } else [writer, look] = [null, null];
  });
  judging.on("messageerror", failOf);
}

function lookUp(digits: Float64Array): Found {
  if (look === null) throw new Error("numbers came before what they are looked up in");
  return look(digits);
}

function write(judged: JudgedRows) {
  if (writer === null || parentPort === null) throw new Error("rows came before their file");
  const screened = writer.write(judged);
  const message: FromWriting = { screened };
  send(parentPort, message, memoryOf(screened.written));
}
