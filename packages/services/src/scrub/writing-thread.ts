// The other thread for a file: it writes the rows on which judging-thread.ts has found the verdicts.
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { JudgedRows } from "./result-writer.ts";
import { makeRowWriter, type ScreenedRows } from "./screen-rows.ts";
import { failOf, memoryOf, send } from "./thread-messages.ts";

export type ToWriting =
  /** To the thread that judges. */
  | { judging: MessagePort }
  /** Memory of rows that this thread wrote. */
  | { memory: ArrayBuffer };

export type FromWriting = { screened: ScreenedRows };

const writer = makeRowWriter(workerData);

parentPort?.on("message", (message: ToWriting) => {
  if ("memory" in message) writer.giveBack(message.memory);
  else meet(message.judging);
});
parentPort?.on("messageerror", failOf);

function meet(judging: MessagePort) {
  judging.on("message", (judged: JudgedRows) => {
    const screened = writer.write(judged);
    send(judging, null);
    if (parentPort !== null) {
      const message: FromWriting = { screened };
      send(parentPort, message, memoryOf({ written: screened.written }));
    }
  });
  judging.on("messageerror", failOf);
}
