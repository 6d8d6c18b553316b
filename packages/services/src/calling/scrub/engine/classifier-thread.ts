import { type MessagePort, parentPort } from "node:worker_threads";
import type { Message } from "@ringfence/core/platform/message";
import type { ScrubCounts } from "@ringfence/core/calling/scrub";
import { ServiceError } from "../../../platform/internal.ts";
import type { PlannedFile } from "./plan-file.ts";
import { type FileHeader, type NumberedRows, createFileReader } from "./read-file.ts";
import {
  type ScreenedRows,
  type ScreeningBasis,
  createRowClassifier,
  createRowWriter,
} from "./screen-rows.ts";
import { rethrow, freeMemory, listBuffers, lowerThreadPriority, send } from "./thread-messages.ts";
import type { LookupResult, LookupSources } from "./look-up.ts";
import { type ClassifiedRows, listArrays } from "./result-writer.ts";
import type { WriterReply, WriterRequest } from "./writer-thread.ts";

/*
 * One of the two threads that screen a file: it reads the file and finds the verdict on each row. The writer
 * thread looks numbers up for it and writes the rows. While the writer is busy, this thread writes some too.
 */

export type ToClassifierThread =
  /** Port to the writer thread. */
  | { writer: MessagePort }
  /** The next file. */
  | { begin: PlannedFile }
  /** Bytes of the file, until null ends them. */
  | { content: Uint8Array | null }
  | { screening: ScreeningBasis }
  /** The oldest screened rows were taken. */
  | { isTaken: true }
  /** Memory of rows that this thread wrote. */
  | { memory: ArrayBuffer }
  /** The file is done. */
  | { end: true };

export type FromClassifierThread =
  | { header: FileHeader }
  /** Bytes of memory of rows that wait to be screened, and whether a piece of the file was just read. */
  | { heldBytes: number; isRead: boolean }
  | { screened: ScreenedRows }
  /** The file was read: how many rows it has, and its SHA-256. */
  | { rows: number; inputHash: Uint8Array }
  | { refused: Message }
  | { counts: ScrubCounts };

let writerPort: MessagePort | null = null;
/** The work on a file, from its beginning to its end. */
let work: ReturnType<typeof createWork> | null = null;

function handle(message: ToClassifierThread) {
  if ("writer" in message) writerPort = message.writer;
  else if ("begin" in message) work = createWork(message.begin);
  else if (work === null) return; // of a file that is done
  else if ("content" in message) {
    work.read(message.content);
    if (message.content?.buffer instanceof ArrayBuffer)
      freeMemory({ buffer: message.content.buffer });
  } else if ("screening" in message) work.begin(message.screening);
  else if ("isTaken" in message) work.taken();
  else if ("memory" in message) work.giveBack(message.memory);
  else {
    report({ counts: work.counts() });
    work = null;
  }
}

/** Starts the work on a file: reads it ahead until its screening begins, then screens it as fast as the result is taken. */
function createWork(plan: PlannedFile) {
  if (writerPort === null) throw new Error("the writer thread is not connected");
  const file = createFileReader(plan);
  const writer = createRowWriter(plan);
  const readAhead = createReadAhead();
  let classifier: ReturnType<typeof createRowClassifier> | null = null;
  let isDue = false;

  /** Screens what was read, one stretch per turn of the event loop, so that messages are received in between. */
  const continueScreening = () => {
    if (classifier === null || isDue) return;
    sendLookups(readAhead, writerClient);
    if (!writerClient.hasFound()) return;
    isDue = true;
    setImmediate(() => {
      isDue = false;
      attempt(() => {
        screenNext();
        continueScreening();
      });
    });
  };
  const writerClient = createWriterClient(writerPort, continueScreening);

  const screenNext = () => {
    const next = writerClient.next();
    if (next === null || classifier === null) return;
    report({ heldBytes: readAhead.heldBytes(), isRead: false });
    const judged = classifier.judge(next.rows, next.found);
    if (writerClient.write(judged)) return;
    const screened = writer.write(judged);
    report({ screened }, listBuffers(screened.written));
  };

  return {
    read(content: Uint8Array | null) {
      for (const rows of content === null ? file.end() : file.read(content)) {
        if ("written" in rows) report({ header: rows });
        else readAhead.add(rows);
      }
      report({ heldBytes: readAhead.heldBytes(), isRead: true });
      if (content === null) report({ rows: readAhead.rows(), inputHash: file.hash() });
      continueScreening();
    },
    begin(screening: ScreeningBasis) {
      classifier = createRowClassifier(plan, screening);
      const { own, registries } = screening.snapshot;
      writerClient.begin(plan, { phones: own.phones, registries });
      continueScreening();
    },
    taken() {
      readAhead.taken();
      continueScreening();
    },
    giveBack: writer.giveBack,
    counts(): ScrubCounts {
      if (classifier === null) throw new Error("the file ended before its screening began");
      writerClient.end();
      return classifier.counts();
    },
  };
}

/** Sends rows to the writer thread to be looked up, as long as it takes any. */
function sendLookups(
  readAhead: ReturnType<typeof createReadAhead>,
  writerClient: ReturnType<typeof createWriterClient>,
) {
  while (writerClient.isFree()) {
    const rows = readAhead.next();
    if (rows === null) break;
    writerClient.lookUp(rows);
  }
}

/** Does a piece of work. What the user can cause is reported; any other error ends the thread. */
function attempt(work: () => void) {
  try {
    work();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    report({ refused: error.explanation });
  }
}

/** Sends a message to the thread that started this one. `moved` is memory that then belongs to it. */
function report(message: FromClassifierThread, moved: ArrayBuffer[] = []) {
  if (parentPort !== null) send(parentPort, message, moved);
}

/** The most stretches of rows that may be in work, or screened and not yet taken by the reader of the result. */
const maxOpen = 16;

/** Memory per row besides its bytes: its positions, its number and the index of the number's plan. */
const BYTES_PER_ROW = 3 * 4 + 8 + 4;

const countBytes = ({ rows, digits }: NumberedRows) =>
  rows.bytes.length + digits.length * BYTES_PER_ROW;

/** Stretches that the writer thread holds at once, so that it never waits for the next one. */
const maxPendingLookups = 4;
const maxWritesInFlight = 3;

parentPort?.on("message", (message: ToClassifierThread) => attempt(() => handle(message)));
parentPort?.on("messageerror", rethrow);
lowerThreadPriority();

/** Creates a queue of rows that were read from the file and are not yet screened. */
function createReadAhead() {
  const waiting: NumberedRows[] = [];
  let [heldBytes, rows, open] = [0, 0, 0];

  const hasNext = () => waiting.length > 0 && open < maxOpen;
  return {
    add(added: NumberedRows) {
      waiting.push(added);
      heldBytes += countBytes(added);
      rows += added.digits.length;
    },
    hasNext,
    next(): NumberedRows | null {
      const first = hasNext() ? waiting.shift() : undefined;
      if (first === undefined) return null;
      heldBytes -= countBytes(first);
      open++;
      return first;
    },
    /** Call when a stretch was screened and taken. */
    taken: () => void open--,
    /** Bytes of memory that the waiting rows take. */
    heldBytes: () => heldBytes,
    /** Number of rows added since the beginning. */
    rows: () => rows,
  };
}

/** Creates the client for the writer thread: it looks numbers up before classification and writes the rows after it. */
function createWriterClient(port: MessagePort, onFound: () => void) {
  /** Stretches whose numbers are being looked up, or have been. */
  const pendingLookups: { rows: NumberedRows; found: LookupResult | null }[] = [];
  let writesInFlight = 0;
  port.removeAllListeners("message").on("message", ({ found }: WriterReply) => {
    if (found === null) writesInFlight--;
    else {
      // The writer answers in order.
      const item = pendingLookups.find((lookup) => lookup.found === null);
      if (item !== undefined) item.found = found;
      onFound();
    }
  });
  const sendToWriter = (message: WriterRequest, moved: ArrayBuffer[] = []) =>
    send(port, message, moved);

  return {
    begin: (plan: PlannedFile, lookups: LookupSources) => sendToWriter({ begin: plan, lookups }),
    end() {
      sendToWriter({ end: true });
      // The listener would keep all facts of the file in memory.
      port.removeAllListeners("message").on("message", () => {});
    },
    isFree: () => pendingLookups.length < maxPendingLookups,
    lookUp(rows: NumberedRows) {
      pendingLookups.push({ rows, found: null });
      sendToWriter({ digits: rows.digits });
    },
    hasFound: () => (pendingLookups[0]?.found ?? null) !== null,
    /** Returns the oldest looked-up rows with the result, or null if it has not come yet. */
    next(): { rows: NumberedRows; found: LookupResult } | null {
      const { rows, found = null } = pendingLookups[0] ?? {};
      if (rows === undefined || found === null) return null;
      pendingLookups.shift();
      return { rows, found };
    },
    /** Sends rows to be written. Returns false if the writer has enough to do. */
    write(judged: ClassifiedRows): boolean {
      if (writesInFlight >= maxWritesInFlight) return false;
      writesInFlight++;
      sendToWriter({ judged }, listBuffers(...listArrays(judged)));
      return true;
    },
  };
}
