import { type MessagePort, parentPort } from "node:worker_threads";
import type { Message } from "@ringfence/core/platform/message";
import type { ScrubCounts } from "@ringfence/core/calling/scrub";
import { ServiceError } from "../../../platform/errors.ts";
import type { PlannedFile } from "./plan-file.ts";
import { type Header, type NumberedRows, makeFileReader } from "./read-file.ts";
import { type ScreenedRows, type Screening, makeRowJudge, makeRowWriter } from "./screen-rows.ts";
import { failOf, free, memoryOf, send } from "./thread-messages.ts";
import type { Found, LookedUpIn } from "./look-up.ts";
import { type JudgedRows, arraysOf } from "./result-writer.ts";
import type { FromWriter, ToWriter } from "./writer-thread.ts";

// One of two threads for files, one after the other, beside the worker's other work: it reads a file, and
// finds the verdict on each row. The other looks numbers up for it and writes the rows; while that has
// enough to do, this one writes some, too.
export type ToJudging =
  /** To the thread that writes. */
  | { writing: MessagePort }
  /** The next file. */
  | { begin: PlannedFile }
  /** Bytes of the file, until null ends them. */
  | { content: Uint8Array | null }
  | { screening: Screening }
  /** Rows that were screened first were taken. */
  | { isTaken: true }
  /** Memory of rows that this thread wrote. */
  | { memory: ArrayBuffer }
  /** Nothing comes any more of this file. */
  | { end: true };

export type FromJudging =
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
let work: ReturnType<typeof makeWork> | null = null;

function take(message: ToJudging) {
  if ("writing" in message) writing = message.writing;
  else if ("begin" in message) work = makeWork(message.begin);
  else if (work === null) return; // of a file that is done
  else if ("content" in message) {
    work.read(message.content);
    if (message.content?.buffer instanceof ArrayBuffer) free({ buffer: message.content.buffer });
  } else if ("screening" in message) work.begin(message.screening);
  else if ("isTaken" in message) work.taken();
  else if ("memory" in message) work.giveBack(message.memory);
  else {
    tell({ counts: work.counts() });
    work = null;
  }
}

function makeWork(plan: PlannedFile) {
  if (writing === null) throw new Error("the thread that writes was not met");
  const [file, writer, ahead] = [makeFileReader(plan), makeRowWriter(plan), makeAhead()];
  let judge: ReturnType<typeof makeRowJudge> | null = null;
  let isDue = false;

  /** Judges what was read, a stretch at a time: between two of them messages are heard. */
  const goOn = () => {
    if (judge === null || isDue) return;
    while (beside.isFree()) {
      const rows = ahead.next();
      if (rows === null) break;
      beside.seek(rows);
    }
    if (!beside.hasFound()) return;
    isDue = true;
    setImmediate(() => {
      isDue = false;
      attempt(() => {
        screenNext();
        goOn();
      });
    });
  };
  const beside = makeBeside(writing, goOn);

  const screenNext = () => {
    const next = beside.next();
    if (next === null || judge === null) return;
    tell({ heldBytes: ahead.heldBytes(), isRead: false });
    const judged = judge.judge(next.rows, next.found);
    if (beside.write(judged)) return;
    const screened = writer.write(judged);
    tell({ screened }, memoryOf(screened.written));
  };

  return {
    read(content: Uint8Array | null) {
      for (const some of content === null ? file.end() : file.read(content)) {
        if ("written" in some) tell({ header: some });
        else ahead.add(some);
      }
      tell({ heldBytes: ahead.heldBytes(), isRead: true });
      if (content === null) tell({ rows: ahead.rows(), inputHash: file.hash() });
      goOn();
    },
    begin(screening: Screening) {
      judge = makeRowJudge(plan, screening);
      const { own, registries } = screening.snapshot;
      beside.begin(plan, { phones: own.phones, registries });
      goOn();
    },
    taken() {
      ahead.taken();
      goOn();
    },
    giveBack: writer.giveBack,
    counts(): ScrubCounts {
      if (judge === null) throw new Error("a file came to its end before it was screened");
      beside.end();
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

function tell(message: FromJudging, moved: ArrayBuffer[] = []) {
  if (parentPort !== null) send(parentPort, message, moved);
}

/** As many stretches of rows may be screened, or be so now, and not be taken yet. */
const maxOpen = 16;

/** Of a row, beside its bytes: its places in these, its number and the place of that's plan. */
const BYTES_PER_ROW = 3 * 4 + 8 + 4;

const bytesOf = ({ rows, digits }: NumberedRows) =>
  rows.bytes.length + digits.length * BYTES_PER_ROW;

/** So many stretches the other thread has at once, to look up and to write: it never waits for the next. */
const soughtAtOnce = 4;
const handedAtOnce = 3;

parentPort?.on("message", (message: ToJudging) => attempt(() => take(message)));
parentPort?.on("messageerror", failOf);

/** What was read of a file and is not screened yet. */
function makeAhead() {
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
function makeBeside(port: MessagePort, onFound: () => void) {
  /** Stretches whose numbers are looked up, or have been. */
  const sought: { rows: NumberedRows; found: Found | null }[] = [];
  let handed = 0;
  port.removeAllListeners("message").on("message", ({ found }: FromWriter) => {
    if (found === null) handed--;
    else {
      const item = sought.find((some) => some.found === null);
      if (item !== undefined) item.found = found;
      onFound();
    }
  });
  const tell = (message: ToWriter, moved: ArrayBuffer[] = []) => send(port, message, moved);

  return {
    begin: (plan: PlannedFile, lookups: LookedUpIn) => tell({ begin: plan, lookups }),
    end() {
      tell({ end: true });
      // What hears holds all facts of the file.
      port.removeAllListeners("message").on("message", () => {});
    },
    isFree: () => sought.length < soughtAtOnce,
    seek(rows: NumberedRows) {
      sought.push({ rows, found: null });
      tell({ digits: rows.digits });
    },
    hasFound: () => (sought[0]?.found ?? null) !== null,
    /** The first rows that were sought, and what was found. */
    next(): { rows: NumberedRows; found: Found } | null {
      const { rows, found = null } = sought[0] ?? {};
      if (rows === undefined || found === null) return null;
      sought.shift();
      return { rows, found };
    },
    /** Whether it takes rows to be written: not while it has enough to do. */
    write(judged: JudgedRows): boolean {
      if (handed >= handedAtOnce) return false;
      handed++;
      tell({ judged }, memoryOf(...arraysOf(judged)));
      return true;
    },
  };
}
