import { EventEmitter, once } from "node:events";
import { MessageChannel, type Transferable, Worker } from "node:worker_threads";
import type { FromJudging, ToJudging } from "./judging-thread.ts";
import type { PlannedFile } from "./plan-file.ts";
import { send } from "./thread-messages.ts";
import type { FromWriting, ToWriting } from "./writing-thread.ts";

export type RowThread = "judging" | "writing";
type FromThread = FromJudging | FromWriting;
type User = {
  hear: (message: FromThread, from: RowThread) => void;
  fail: (reason: unknown) => void;
};

/** The two threads for a file. */
type Pair = ReturnType<typeof startPair>;

/**
 * Threads whose file is done, for the next one: what V8 has learned of the code is worth a second of
 * their time. Of those that nobody needs the memory is freed after a while.
 */
const idle = new Map<Pair, NodeJS.Timeout>();
const idleMs = 5 * 60_000;
const maxIdle = 1;

function startPair() {
  let user: User | null = null;
  const fail = (reason: unknown) => user?.fail(reason);
  const listen = (thread: Worker, name: RowThread) => {
    thread.on("error", fail);
    thread.on("messageerror", fail);
    thread.on("exit", () => {
      forget(pair);
      if (user === null) void pair.stop(); // one alone is of no use
      fail(new Error(`the ${name} thread of a file has ended`));
    });
    thread.on("message", (message: FromThread) => user?.hear(message, name));
    return thread;
  };
  // Each by its name in full, by which what builds the pages finds it. They need no environment, and by
  // ours `node --watch` would have them tell their imports among their answers (nodejs/node#65044).
  const judging = new Worker(new URL("judging-thread.ts", import.meta.url), { env: {} });
  const writing = new Worker(new URL("writing-thread.ts", import.meta.url), { env: {} });
  const threads = [listen(judging, "judging"), listen(writing, "writing")];
  const toJudging = (message: ToJudging, moved: Transferable[] = []) =>
    send(judging, message, moved);
  const toWriting = (message: ToWriting, moved: Transferable[] = []) =>
    send(writing, message, moved);
  const { port1, port2 } = new MessageChannel();
  toJudging({ writing: port1 }, [port1]);
  toWriting({ judging: port2 }, [port2]);

  const pair = {
    toJudging,
    toWriting,
    /** While nobody does, they keep no process from its end. */
    use(next: User | null) {
      user = next;
      for (const thread of threads)
        if (next === null) thread.unref();
        else thread.ref();
    },
    stop: () => Promise.all(threads.map((thread) => thread.terminate())),
  };
  return pair;
}

function takeIdle(): Pair | null {
  const [pair = null] = idle.keys();
  if (pair !== null) forget(pair);
  return pair;
}

function forget(pair: Pair) {
  clearTimeout(idle.get(pair));
  idle.delete(pair);
}

async function leave(pair: Pair) {
  pair.use(null);
  if (idle.size >= maxIdle) await pair.stop();
  else idle.set(pair, setTimeout(() => void pair.stop(), idleMs).unref());
}

/** Threads for one file, and news of them for all who wait. What `hear` throws is a failure of them. */
export function takeRowThreads(plan: PlannedFile, hear: User["hear"]) {
  const news = new EventEmitter();
  let failure: unknown = null;
  const change = () => void news.emit("change");
  const fail = (reason: unknown) => {
    failure ??= reason;
    change();
  };
  const pair = takeIdle() ?? startPair();
  pair.use({
    fail,
    hear(message, from) {
      try {
        hear(message, from);
        change();
      } catch (error) {
        fail(error);
      }
    },
  });
  pair.toJudging({ begin: plan });

  return {
    toJudging: pair.toJudging,
    /** Gives memory back to the thread that had written to it. */
    giveBack(memory: ArrayBuffer, to: RowThread) {
      if (to === "judging") pair.toJudging({ memory }, [memory]);
      else pair.toWriting({ memory }, [memory]);
    },
    async changed() {
      if (failure !== null) throw failure;
      await once(news, "change");
    },
    fail,
    hasFailed: () => failure !== null,
    /** `isDone` when all that there was came back: then others may have the threads. */
    async stop(isDone: boolean) {
      const isFit = isDone && failure === null;
      fail(new Error("nobody takes the result"));
      await (isFit ? leave(pair) : pair.stop());
    },
  };
}
