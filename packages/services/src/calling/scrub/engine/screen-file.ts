import type { ScrubCounts } from "@ringfence/core/calling/scrub";
import { ServiceError } from "../../../platform/internal.ts";
import type { FromClassifierThread, ToClassifierThread } from "./classifier-thread.ts";
import type { PlannedFile } from "./plan-file.ts";
import { type FileHeader, createFileReader } from "./read-file.ts";
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

/** Files of this size and more are screened in threads: starting them pays off. */
const manyBytes = 1_000_000;
/** The most pieces that may wait for the thread that reads them. */
const maxUnread = 16;
/** Returns the memory of bytes that fill it alone: it can be handed over without a copy. */
const listOwnMemory = ({ buffer, byteLength }: Uint8Array): ArrayBuffer[] =>
  buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];

/** The most memory for rows that were read and are not yet screened. */
const usualAheadBytes = 512 * 1_024 * 1_024;

/** Reports of the threads about a file so far. */
type FileState = {
  /** Comes before all rows. Null if there is none, or if it was taken. */
  header: FileHeader | "due" | null;
  /** Screened rows that were not yet taken, by the number of the first row. */
  screened: Map<number, Screened>;
  /** Null until the end. */
  counts: ScrubCounts | null;
  /** Null until the file is read to its end. */
  whole: { rows: number; inputHash: Uint8Array } | null;
  heldBytes: number;
  unread: number;
  /** Number of the next row to take. */
  next: number;
};
type Screened = ScreenedRows & { by: RowThread };

/**
 * Reads a file of so many bytes, screens its rows and writes them; a large file in two threads, which take over the
 * memory of its pieces.
 */
export const createFileScreening = (
  content: AsyncIterable<Uint8Array>,
  plan: PlannedFile,
  bytes: number,
): FileScreening =>
  bytes < manyBytes
    ? screenInPlace(content, plan)
    : screenInThreads(content, plan, usualAheadBytes);

/**
 * Screens a file in two threads. Reading begins at once, while the database loads the snapshot, and goes as
 * far ahead as `ahead` bytes of memory allow.
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
      threads.toClassifier({ content: piece }, listOwnMemory(piece));
      while (isFull()) await threads.changed();
    }
    threads.toClassifier({ content: null });
  };
  const feeding = feed().catch(threads.fail);

  /** Yields the result in order, without its end. */
  async function* pieces() {
    let before: Screened | null = null;
    while (!isAllTaken(state)) {
      const some = takeNext(state);
      if (some === null) await threads.changed();
      else if ("written" in some && !("first" in some)) yield some;
      else {
        threads.toClassifier({ isTaken: true });
        yield some;
        // The previous piece is no longer needed.
        if (before !== null) threads.giveBack(before.written.buffer, before.by);
        before = some;
      }
    }
  }

  return {
    async *screened(basis) {
      threads.toClassifier({ screening: basis });
      yield* pieces();
      threads.toClassifier({ end: true });
      while (state.counts === null) await threads.changed();
      yield { inputHash: getInputHash(state), counts: state.counts };
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

/** Takes the header, or the next rows in the order of the file; null if they are not screened yet. */
function takeNext(state: FileState): FileHeader | Screened | null {
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

function getInputHash({ whole }: FileState) {
  if (whole === null) throw new Error("a file was screened before it was read to its end");
  return whole.inputHash;
}

/** Screens a file in the calling thread. For a small file, starting a thread takes longer than the work. */
const screenInPlace = (content: AsyncIterable<Uint8Array>, plan: PlannedFile): FileScreening => ({
  async *screened(basis) {
    const file = createFileReader(plan);
    const { own, registries } = basis.snapshot;
    const look = createLookup({ phones: own.phones, registries });
    const [classifier, writer] = [createRowClassifier(plan, basis), createRowWriter(plan)];
    const screen = function* (read: ReturnType<typeof file.end>) {
      for (const rows of read) {
        yield "written" in rows ? rows : writer.write(classifier.judge(rows, look(rows.digits)));
      }
    };
    for await (const piece of content) yield* screen(file.read(piece));
    yield* screen(file.end());
    yield { inputHash: file.hash(), counts: classifier.counts() };
  },
  stop: () => Promise.resolve(),
});

type RowThread = "classifier" | "writer";
type FromThread = FromClassifierThread | FromWriterThread;
/** Current user of the threads: gets their messages, and is told if they fail. */
type ThreadUser = {
  onMessage: (message: FromThread, from: RowThread) => void;
  fail: (reason: unknown) => void;
};

/** The two threads that screen a file. */
type Pair = ReturnType<typeof startPair>;

/**
 * Threads whose file is done, kept for the next file: the code that V8 has compiled saves more than a second.
 * They end after a while, to free their memory.
 */
const idle = new Map<Pair, NodeJS.Timeout>();
const idleMs = 5 * 60_000;
const maxIdle = 1;

function startPair() {
  let user: ThreadUser | null = null;
  const fail = (reason: unknown) => user?.fail(reason);
  const listen = (thread: Worker, name: RowThread) => {
    thread.on("error", fail);
    thread.on("messageerror", fail);
    thread.on("exit", () => {
      forget(pair);
      if (user === null) void pair.stop(); // one thread alone is of no use
      fail(new Error(`the ${name} thread of a file has ended`));
    });
    thread.on("message", (message: FromThread) => user?.onMessage(message, name));
    return thread;
  };
  // The names are spelled out, because Next's bundler finds the modules by them. With our environment, `node
  // --watch` would mix reports about imports into the messages (nodejs/node#65044), and they need none.
  const classifier = new Worker(new URL("classifier-thread.ts", import.meta.url), { env: {} });
  const writer = new Worker(new URL("writer-thread.ts", import.meta.url), { env: {} });
  const threads = [listen(classifier, "classifier"), listen(writer, "writer")];
  const toClassifier = (message: ToClassifierThread, moved: Transferable[] = []) =>
    send(classifier, message, moved);
  const toWriter = (message: ToWriterThread, moved: Transferable[] = []) =>
    send(writer, message, moved);
  const { port1, port2 } = new MessageChannel();
  toClassifier({ writer: port1 }, [port1]);
  toWriter({ classifier: port2 }, [port2]);

  const pair = {
    toClassifier,
    toWriter,
    /** Without a user, the threads do not keep the process alive. */
    use(next: ThreadUser | null) {
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

/** Keeps two threads for the next file, or ends them if enough are kept. */
async function release(pair: Pair) {
  pair.use(null);
  if (idle.size >= maxIdle) await pair.stop();
  else idle.set(pair, setTimeout(() => void pair.stop(), idleMs).unref());
}

/** Takes two threads for a file. An error that `onMessage` throws makes the screening fail. */
function acquireThreads(plan: PlannedFile, onMessage: ThreadUser["onMessage"]) {
  const changes = new EventEmitter();
  let failure: unknown = null;
  const change = () => void changes.emit("change");
  const fail = (reason: unknown) => {
    failure ??= reason;
    change();
  };
  const pair = takeIdle() ?? startPair();
  pair.use({
    fail,
    onMessage(message, from) {
      try {
        onMessage(message, from);
        change();
      } catch (error) {
        fail(error);
      }
    },
  });
  pair.toClassifier({ begin: plan });

  return {
    toClassifier: pair.toClassifier,
    /** Gives memory back to the thread that wrote to it. */
    giveBack(memory: ArrayBuffer, to: RowThread) {
      if (to === "classifier") pair.toClassifier({ memory }, [memory]);
      else pair.toWriter({ memory }, [memory]);
    },
    async changed() {
      if (failure !== null) throw failure;
      await once(changes, "change");
    },
    fail,
    hasFailed: () => failure !== null,
    /** `isDone` is true if the whole result came back: the threads can then take another file. */
    async stop(isDone: boolean) {
      const isFit = isDone && failure === null;
      fail(new Error("nobody takes the result"));
      await (isFit ? release(pair) : pair.stop());
    },
  };
}
