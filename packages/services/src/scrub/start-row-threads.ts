import { EventEmitter, once } from "node:events";
import { type Transferable, Worker } from "node:worker_threads";
import type { PlannedFile } from "./plan-file.ts";
import type { FromThread, ToThread } from "./row-thread.ts";

/** Threads for one file, and news of them for all who wait. What `hear` throws is a failure of them. */
export function startRowThreads(
  count: number,
  plan: PlannedFile,
  hear: (message: FromThread, thread: number) => void,
) {
  const news = new EventEmitter();
  let failure: unknown = null;
  const change = () => void news.emit("change");
  const fail = (reason: unknown) => {
    failure ??= reason;
    change();
  };

  const threads = Array.from({ length: count }, (_, index) => {
    // It needs no environment, and by ours `node --watch` would have it tell its imports among its
    // answers (nodejs/node#65044).
    const thread = new Worker(new URL("row-thread.ts", import.meta.url), {
      env: {},
      workerData: plan,
    });
    thread.on("error", fail);
    thread.on("messageerror", fail);
    thread.on("exit", () => fail(new Error("a thread that reads and writes the file has ended")));
    thread.on("message", (message: FromThread) => {
      try {
        hear(message, index);
        change();
      } catch (error) {
        fail(error);
      }
    });
    return thread;
  });
  return {
    send(thread: number, message: ToThread, moved: Transferable[] = []) {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      threads[thread]?.postMessage(message, moved);
    },
    async changed() {
      if (failure !== null) throw failure;
      await once(news, "change");
    },
    fail,
    hasFailed: () => failure !== null,
    async stop() {
      fail(new Error("nobody takes the result"));
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}
