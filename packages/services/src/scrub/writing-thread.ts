// The other thread for files: it writes the rows on which judging-thread.ts has found the verdicts.
import { type MessagePort, parentPort } from "node:worker_threads";
import type { PlannedFile } from "./plan-file.ts";
import type { JudgedRows } from "./result-writer.ts";
import { makeRowWriter, type ScreenedRows } from "./screen-rows.ts";
import { failOf, memoryOf, send } from "./thread-messages.ts";

export type ToWriting =
  /** To the thread that judges. */
  | { judging: MessagePort }
  /** The next file. */
  | { begin: PlannedFile }
  /** Memory of rows that this thread wrote. */
  | { memory: ArrayBuffer };

export type FromWriting = { screened: ScreenedRows };

let writer: ReturnType<typeof makeRowWriter> | null = null;

parentPort?.on("message", (message: ToWriting) => {
  if ("judging" in message) meet(message.judging);
  else if ("begin" in message) writer = makeRowWriter(message.begin);
  else writer?.giveBack(message.memory);
});
parentPort?.on("messageerror", failOf);

function meet(judging: MessagePort) {
  judging.on("message", (judged: JudgedRows) => {
    if (writer === null || parentPort === null) throw new Error("rows came before their file");
    const screened = writer.write(judged);
    send(judging, null);
    const message: FromWriting = { screened };
    send(parentPort, message, memoryOf({ written: screened.written }));
  });
  judging.on("messageerror", failOf);
}
