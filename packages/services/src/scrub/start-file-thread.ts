import { EventEmitter, once } from "node:events";
import { Worker } from "node:worker_threads";
import type { FromThread, ToThread } from "./file-thread.ts";
import type { PlannedWork } from "./file-work.ts";

/** The thread of a file, and news of it for all who wait. What `hear` throws is a failure of it. */
export function startFileThread(planned: PlannedWork, hear: (message: FromThread) => void) {
  // It needs no environment, and by ours `node --watch` would have it tell its imports among its
  // answers (nodejs/node#65044).
  const thread = new Worker(new URL("file-thread.ts", import.meta.url), {
    env: {},
    workerData: planned,
  });
  const news = new EventEmitter();
  let failure: unknown = null;
  const change = () => void news.emit("change");
  const fail = (reason: unknown) => {
    failure ??= reason;
    change();
  };

  thread.on("error", fail);
  thread.on("exit", () => fail(new Error("the thread that reads and writes the file has ended")));
  thread.on("message", (message: FromThread) => {
    try {
      hear(message);
      change();
    } catch (error) {
      fail(error);
    }
  });
  return {
    send(message: ToThread, moved: ArrayBuffer[] = []) {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      thread.postMessage(message, moved);
    },
    /** Something of what the thread waits for, or of what waits for it, is another. */
    change,
    /** Whoever waits looks first at what has come: a thread that is done ends, which is no failure then. */
    async changed() {
      if (failure !== null) throw failure;
      await once(news, "change");
    },
    fail,
    hasFailed: () => failure !== null,
    async stop() {
      fail(new Error("nobody takes the result"));
      await thread.terminate();
    },
  };
}
