import { EventEmitter, once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Hashes, ToHash } from "./hash-thread.ts";

export type HashBeside = ReturnType<typeof hashBeside>;

/** As much as may lie before the thread unread. */
const maxWaiting = 16;

/** Hashes a file and its result in a thread of its own, while they are read and made. */
export function hashBeside() {
  // It needs no environment, and by ours `node --watch` would have it tell its imports among its
  // answers (nodejs/node#65044).
  const thread = new Worker(new URL("hash-thread.ts", import.meta.url), { env: {} });
  const progress = new EventEmitter();
  const state: { waiting: number; hashes: Hashes | null; failure: Error | null } = {
    waiting: 0,
    hashes: null,
    failure: null,
  };
  const fail = (failure: Error) => {
    state.failure ??= failure;
    progress.emit("answer");
  };
  /** Whoever waits looks first at what has come: a thread that is done ends, which is no failure then. */
  const answered = async () => {
    if (state.failure !== null) throw state.failure;
    await once(progress, "answer");
  };

  thread.on("error", fail);
  thread.on("exit", () => fail(new Error("the thread that hashes has ended")));
  thread.on("message", (answer: Hashes | null) => {
    if (answer === null) state.waiting--;
    else state.hashes = answer;
    progress.emit("answer");
  });

  return {
    /** Its arrays are the thread's from now on. */
    async add(message: NonNullable<ToHash>) {
      state.waiting++;
      const arrays = "input" in message ? [message.input] : [message.output, message.ends];
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      thread.postMessage(
        message,
        arrays.map(({ buffer }) => buffer),
      );
      while (state.waiting > maxWaiting) await answered();
    },
    async finish(): Promise<Hashes> {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      thread.postMessage(null);
      while (state.hashes === null) await answered();
      return state.hashes;
    },
    stop: () => thread.terminate(),
  };
}
