import { type MessagePort, parentPort } from "node:worker_threads";
import type { Message } from "@ringfence/core/platform/message";
import type { ScrubCounts } from "@ringfence/core/calling/scrub";
import { ServiceError } from "../../../platform/errors.ts";
import type { PlannedFile } from "./plan-file.ts";
import { type Header, type NumberedRows, createFileReader } from "./read-file.ts";
import {
  type ScreenedRows,
  type ScreeningBasis,
  createRowClassifier,
  createRowWriter,
} from "./screen-rows.ts";
import { rethrow, freeMemory, memoriesOfArrays, send } from "./thread-messages.ts";
import type { LookupResult, LookupSources } from "./look-up.ts";
import { type ClassifiedRows, listArrays } from "./result-writer.ts";
import type { WriterReply, WriterRequest } from "./writer-thread.ts";

// One of two threads for files, one after the other, beside the worker's other work: it reads a file, and
// finds the verdict on each row. The other looks numbers up for it and writes the rows; while that has
// enough to do, this one writes some, too.
export type ToClassifierThread =
  /** To the thread that writes. */
  | { writing: MessagePort }
  /** The next file. */
  | { begin: PlannedFile }
  /** Bytes of the file, until null ends them. */
  | { content: Uint8Array | null }
  | { screening: ScreeningBasis }
  /** Rows that were screened first were taken. */
  | { isTaken: true }
  /** Memory of rows that this thread wrote. */
  | { memory: ArrayBuffer }
  /** Nothing comes any more of this file. */
  | { end: true };

export type FromClassifierThread =
  | { header: Header }
  /** How much memory what was read takes that nobody screens yet, and whether bytes that were sent were read. */
  | { heldBytes: number; isRead: boolean }
  | { screened: ScreenedRows }
  /** The file was read: how many rows it has, and its SHA-256. */
  | { rows: number; inputHash: Uint8Array }
  | { refused: Message }
  | { counts: ScrubCounts };

let writing: MessagePort | null = null;
/** The work on a file, from its beginning to its end. */
let work: ReturnType<typeof createWork> | null = null;

function take(message: ToClassifierThread) {
  if ("writing" in message) writing = message.writing;
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
    tell({ counts: work.counts() });
    work = null;
  }
}

function createWork(plan: PlannedFile) {
  if (writing === null) throw new Error("the thread that writes was not met");
  const [file, writer, readAhead] = [
    createFileReader(plan),
    createRowWriter(plan),
    createReadAhead(),
  ];
  let judge: ReturnType<typeof createRowClassifier> | null = null;
  let isDue = false;

  /** Judges what was read, a stretch at a time: between two of them messages are heard. */
  const goOn = () => {
    if (judge === null || isDue) return;
    while (writerClient.isFree()) {
      const rows = readAhead.next();
      if (rows === null) break;
      writerClient.seek(rows);
    }
    if (!writerClient.hasFound()) return;
    isDue = true;
    setImmediate(() => {
      isDue = false;
      attempt(() => {
        screenNext();
        goOn();
      });
    });
  };
  const writerClient = createWriterClient(writing, goOn);

  const screenNext = () => {
    const next = writerClient.next();
    if (next === null || judge === null) return;
    tell({ heldBytes: readAhead.heldBytes(), isRead: false });
    const judged = judge.judge(next.rows, next.found);
    if (writerClient.write(judged)) return;
    const screened = writer.write(judged);
    tell({ screened }, memoriesOfArrays(screened.written));
  };

  return {
    read(content: Uint8Array | null) {
      for (const some of content === null ? file.end() : file.read(content)) {
        if ("written" in some) tell({ header: some });
        else readAhead.add(some);
      }
      tell({ heldBytes: readAhead.heldBytes(), isRead: true });
      if (content === null) tell({ rows: readAhead.rows(), inputHash: file.hash() });
      goOn();
    },
    begin(screening: ScreeningBasis) {
      judge = createRowClassifier(plan, screening);
      const { own, registries } = screening.snapshot;
      writerClient.begin(plan, { phones: own.phones, registries });
      goOn();
    },
    taken() {
      readAhead.taken();
      goOn();
    },
    giveBack: writer.giveBack,
    counts(): ScrubCounts {
      if (judge === null) throw new Error("a file came to its end before it was screened");
      writerClient.end();
      return judge.counts();
    },
  };
}

function attempt(work: () => void) {
  try {
    work();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    tell({ refused: error.explanation });
  }
}

function tell(message: FromClassifierThread, moved: ArrayBuffer[] = []) {
  if (parentPort !== null) send(parentPort, message, moved);
}

/** As many stretches of rows may be screened, or be so now, and not be taken yet. */
const maxOpen = 16;

/** Of a row, beside its bytes: its places in these, its number and the place of that's plan. */
const BYTES_PER_ROW = 3 * 4 + 8 + 4;

const bytesOf = ({ rows, digits }: NumberedRows) =>
  rows.bytes.length + digits.length * BYTES_PER_ROW;

/** So many stretches the other thread has at once, to look up and to write: it never waits for the next. */
const maxPendingLookups = 4;
const maxWritesInFlight = 3;

parentPort?.on("message", (message: ToClassifierThread) => attempt(() => take(message)));
parentPort?.on("messageerror", rethrow);

/** What was read of a file and is not screened yet. */
function createReadAhead() {
  const waiting: NumberedRows[] = [];
  let [heldBytes, rows, open] = [0, 0, 0];

  const hasNext = () => waiting.length > 0 && open < maxOpen;
  return {
    add(some: NumberedRows) {
      waiting.push(some);
      heldBytes += bytesOf(some);
      rows += some.digits.length;
    },
    hasNext,
    next(): NumberedRows | null {
      const some = hasNext() ? waiting.shift() : undefined;
      if (some === undefined) return null;
      heldBytes -= bytesOf(some);
      open++;
      return some;
    },
    /** One of those that were given was screened and taken. */
    taken: () => void open--,
    /** How much memory it takes. */
    heldBytes: () => heldBytes,
    /** How many rows were ever added. */
    rows: () => rows,
  };
}

/** What the other thread does for one that judges: it looks numbers up before, and writes rows after that. */
function createWriterClient(port: MessagePort, onFound: () => void) {
  /** Stretches whose numbers are looked up, or have been. */
  const pendingLookups: { rows: NumberedRows; found: LookupResult | null }[] = [];
  let writesInFlight = 0;
  port.removeAllListeners("message").on("message", ({ found }: WriterReply) => {
    if (found === null) writesInFlight--;
    else {
      const item = pendingLookups.find((some) => some.found === null);
      if (item !== undefined) item.found = found;
      onFound();
    }
  });
  const tell = (message: WriterRequest, moved: ArrayBuffer[] = []) => send(port, message, moved);

  return {
    begin: (plan: PlannedFile, lookups: LookupSources) => tell({ begin: plan, lookups }),
    end() {
      tell({ end: true });
      // What hears holds all facts of the file.
      port.removeAllListeners("message").on("message", () => {});
    },
    isFree: () => pendingLookups.length < maxPendingLookups,
    seek(rows: NumberedRows) {
      pendingLookups.push({ rows, found: null });
      tell({ digits: rows.digits });
    },
    hasFound: () => (pendingLookups[0]?.found ?? null) !== null,
    /** The first rows that were sought, and what was found. */
    next(): { rows: NumberedRows; found: LookupResult } | null {
      const { rows, found = null } = pendingLookups[0] ?? {};
      if (rows === undefined || found === null) return null;
      pendingLookups.shift();
      return { rows, found };
    },
    /** Whether it takes rows to be written: not while it has enough to do. */
    write(judged: ClassifiedRows): boolean {
      if (writesInFlight >= maxWritesInFlight) return false;
      writesInFlight++;
      tell({ judged }, memoriesOfArrays(...listArrays(judged)));
      return true;
    },
  };
}
