import { EventEmitter, once } from "node:events";
import { MessageChannel, type Transferable, Worker } from "node:worker_threads";
import type { FromJudging, ToJudging } from "./judging-thread.ts";
import type { PlannedFile } from "./plan-file.ts";
import { send } from "./thread-messages.ts";
import type { FromWriting, ToWriting } from "./writing-thread.ts";

export type RowThread = "judging" | "writing";

/** The two threads for a file, and news of them for all who wait. What `hear` throws is a failure of them. */
export function startRowThreads(
  plan: PlannedFile,
  hear: (message: FromJudging | FromWriting, from: RowThread) => void,
) {
  const news = new EventEmitter();
  let failure: unknown = null;
  const change = () => void news.emit("change");
  const fail = (reason: unknown) => {
    failure ??= reason;
    change();
  };

  const start = (name: RowThread) => {
    // It needs no environment, and by ours `node --watch` would have it tell its imports among its
    // answers (nodejs/node#65044).
    const thread = new Worker(new URL(`${name}-thread.ts`, import.meta.url), {
      env: {},
      workerData: plan,
    });
    thread.on("error", fail);
    thread.on("messageerror", fail);
    thread.on("exit", () => fail(new Error(`the ${name} thread of a file has ended`)));
    thread.on("message", (message: FromJudging | FromWriting) => {
      try {
        hear(message, name);
        change();
      } catch (error) {
        fail(error);
      }
    });
    return thread;
  };
  const [judging, writing] = [start("judging"), start("writing")];
  const toJudging = (message: ToJudging, moved: Transferable[] = []) =>
    send(judging, message, moved);
  const toWriting = (message: ToWriting, moved: Transferable[] = []) =>
    send(writing, message, moved);
  const { port1, port2 } = new MessageChannel();
  toJudging({ writing: port1 }, [port1]);
  toWriting({ judging: port2 }, [port2]);

  return {
    toJudging,
    /** Gives memory back to the thread that had written to it. */
    giveBack(memory: ArrayBuffer, to: RowThread) {
      if (to === "judging") toJudging({ memory }, [memory]);
      else toWriting({ memory }, [memory]);
    },
    async changed() {
      if (failure !== null) throw failure;
      await once(news, "change");
    },
    fail,
    hasFailed: () => failure !== null,
    async stop() {
      fail(new Error("nobody takes the result"));
      await Promise.all([judging.terminate(), writing.terminate()]);
    },
  };
}
