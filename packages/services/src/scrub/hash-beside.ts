import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Hashes, ToHash } from "./hash-thread.ts";

/** As much as may lie before the thread unread. */
const maxWaiting = 16;

export type HashBeside = ReturnType<typeof hashBeside>;

/** Hashes a file and its result in a thread of its own, while they are read and made. */
export function hashBeside() {
  const thread = new Worker(new URL("hash-thread.ts", import.meta.url));
  const failed = once(thread, "error").then(([error]) => Promise.reject(error));
  failed.catch(() => {}); // heard by whoever waits for the thread
  let waiting = 0;
  let wake = () => {};
  let hashes: Hashes | null = null;

  thread.on("message", (answer: Hashes | null) => {
    if (answer === null) waiting--;
    else hashes = answer;
    wake();
  });
  const answered = () => new Promise<void>((resolve) => (wake = resolve));

  return {
    /** Its arrays are the thread's from now on. */
    async add(message: NonNullable<ToHash>) {
      waiting++;
      thread.postMessage(
        message,
        "input" in message ? [message.input.buffer] : [message.output.buffer, message.ends.buffer],
      );
      while (waiting > maxWaiting) await Promise.race([answered(), failed]);
    },
    async finish(): Promise<Hashes> {
      thread.postMessage(null);
      while (hashes === null) await Promise.race([answered(), failed]);
      return hashes;
    },
    stop: () => thread.terminate(),
  };
}
