// One of two threads for files, one after the other, beside the worker's other work: it reads a file, and
// finds the verdict on each row. The other looks numbers up for it and writes the rows; while that has
// enough to do, this one writes some, too.
import { type MessagePort, parentPort } from "node:worker_threads";
import type { Message } from "@ringfence/core/platform/message";
import type { ScrubCounts } from "@ringfence/core/calling/scrub";
import { ServiceError } from "../../platform/errors.ts";
import { makeAhead } from "./ahead.ts";
import { makeBeside } from "./beside.ts";
import type { PlannedFile } from "./plan-file.ts";
import { type Header, makeFileReader } from "./read-file.ts";
import { makeRowJudge, makeRowWriter, type ScreenedRows, type Screening } from "./screen-rows.ts";
import { failOf, free, memoryOf, send } from "./thread-messages.ts";

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

parentPort?.on("message", (message: ToJudging) => attempt(() => take(message)));
parentPort?.on("messageerror", failOf);
