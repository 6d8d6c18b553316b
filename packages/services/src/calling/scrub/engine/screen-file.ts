import type { ScrubCounts } from "@ringfence/core/calling/scrub";
import { ServiceError } from "../../../platform/errors.ts";
import type { FromClassifierThread, ToClassifierThread } from "./classifier-thread.ts";
import type { PlannedFile } from "./plan-file.ts";
import { type Header, createFileReader } from "./read-file.ts";
import {
  type FileScreening,
  type ScreenedRows,
  createRowClassifier,
  createRowWriter,
} from "./screen-rows.ts";
import type { FromWriterThread, ToWriterThread } from "./writer-thread.ts";
import { createLookup } from "./look-up.ts";
import { EventEmitter, once } from "node:events";
import { MessageChannel, type Transferable, Worker } from "node:worker_threads";
import { send } from "./thread-messages.ts";

/** From here on it is worth while to start threads. */
const manyBytes = 1_000_000;
/** As many pieces as may lie before the thread unread that reads them. */
const maxUnread = 16;
/** The memory of bytes where they are alone in it: then it can be given away, and need not be copied. */
const memoryOf = ({ buffer, byteLength }: Uint8Array): ArrayBuffer[] =>
  buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];

/** As much memory as what was read may take that nobody screens yet. */
const usualAheadBytes = 512 * 1_024 * 1_024;

/** What was heard of a file. */
type FileState = {
  /** Comes before all rows; null where there is none, or it was taken. */
  header: Header | "due" | null;
  /** By the number of their first row; of those that were not taken yet. */
  screened: Map<number, Screened>;
  /** Null until it is asked for. */
  counts: ScrubCounts | null;
  /** Null until it is read to its end. */
  whole: { rows: number; inputHash: Uint8Array } | null;
  heldBytes: number;
  unread: number;
  /** The number of the row that is taken next. */
  next: number;
};
type Screened = ScreenedRows & { by: RowThread };

/** Reads a file of so many bytes, screens its rows and writes them. Its pieces may be given away. */
export const createFileScreening = (
  content: AsyncIterable<Uint8Array>,
  plan: PlannedFile,
  bytes: number,
): FileScreening =>
  bytes < manyBytes
    ? screenInPlace(content, plan)
    : screenInThreads(content, plan, usualAheadBytes);

/**
 * The same in two threads of its own. It begins at once: while others wait for the database, the file is
 * read, as far ahead as so many bytes of memory hold.
 */
export function screenInThreads(
  content: AsyncIterable<Uint8Array>,
  plan: PlannedFile,
  ahead: number,
): FileScreening {
  const state: FileState = {
    header: plan.hasHeader ? "due" : null,
    screened: new Map(),
    counts: null,
    whole: null,
    heldBytes: 0,
    unread: 0,
    next: 1,
  };
  const threads = acquireThreads(plan, (message, from) => {
    handleMessage(state, message, from);
  });

  const isFull = () => state.unread > maxUnread || state.heldBytes > ahead;
  const feed = async () => {
    for await (const piece of content) {
      if (threads.hasFailed()) return;
      state.unread++;
      threads.toJudging({ content: piece }, memoryOf(piece));
      while (isFull()) await threads.changed();
    }
    threads.toJudging({ content: null });
  };
  const feeding = feed().catch(threads.fail);

  /** Everything but its end, in order. */
  async function* pieces() {
    let before: Screened | null = null;
    while (!isAllTaken(state)) {
      const some = takeNext(state);
      if (some === null) await threads.changed();
      else if ("written" in some && !("first" in some)) yield some;
      else {
        threads.toJudging({ isTaken: true });
        yield some;
        // Of the one before nothing is needed any more.
        if (before !== null) threads.giveBack(before.written.buffer, before.by);
        before = some;
      }
    }
  }

  return {
    async *screened(by) {
      threads.toJudging({ screening: by });
      yield* pieces();
      threads.toJudging({ end: true });
      while (state.counts === null) await threads.changed();
      yield { inputHash: hashOf(state), counts: state.counts };
    },
    stop: () => threads.stop(state.counts !== null).then(() => feeding),
  };
}

function handleMessage(
  state: FileState,
  message: FromClassifierThread | FromWriterThread,
  by: RowThread,
) {
  if ("screened" in message) {
    const { screened } = message;
    state.screened.set(screened.first, { ...screened, by });
  } else if ("heldBytes" in message) {
    state.heldBytes = message.heldBytes;
    if (message.isRead) state.unread--;
  } else if ("header" in message) state.header = message.header;
  else if ("inputHash" in message) state.whole = message;
  else if ("counts" in message) state.counts = message.counts;
  else throw new ServiceError("invalid", message.refused);
}

/** The header, or the rows that are next in the file, where they have been screened. */
function takeNext(state: FileState): Header | Screened | null {
  const { header } = state;
  if (header === "due") return null;
  state.header = null;
  if (header !== null) return header;
  const rows = state.screened.get(state.next);
  if (rows === undefined) return null;
  state.screened.delete(state.next);
  state.next += rows.rows;
  return rows;
}

const isAllTaken = ({ whole, next, header }: FileState) =>
  whole !== null && next > whole.rows && header === null;

function hashOf({ whole }: FileState) {
  if (whole === null) throw new Error("a file was screened before it was read");
  return whole.inputHash;
}

/** Screens a file where it is asked for: for a small one, to start a thread takes longer than the work. */
const screenInPlace = (content: AsyncIterable<Uint8Array>, plan: PlannedFile): FileScreening => ({
  async *screened(by) {
    const file = createFileReader(plan);
    const { own, registries } = by.snapshot;
    const look = createLookup({ phones: own.phones, registries });
    const [judge, writer] = [createRowClassifier(plan, by), createRowWriter(plan)];
    const screen = function* (read: ReturnType<typeof file.end>) {
      for (const some of read) {
        yield "written" in some ? some : writer.write(judge.judge(some, look(some.digits)));
      }
    };
    for await (const piece of content) yield* screen(file.read(piece));
    yield* screen(file.end());
    yield { inputHash: file.hash(), counts: judge.counts() };
  },
  stop: () => Promise.resolve(),
});

type RowThread = "judging" | "writing";
type FromThread = FromClassifierThread | FromWriterThread;
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
  const judging = new Worker(new URL("classifier-thread.ts", import.meta.url), { env: {} });
  const writing = new Worker(new URL("writer-thread.ts", import.meta.url), { env: {} });
  const threads = [listen(judging, "judging"), listen(writing, "writing")];
  const toJudging = (message: ToClassifierThread, moved: Transferable[] = []) =>
    send(judging, message, moved);
  const toWriting = (message: ToWriterThread, moved: Transferable[] = []) =>
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
function acquireThreads(plan: PlannedFile, hear: User["hear"]) {
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
