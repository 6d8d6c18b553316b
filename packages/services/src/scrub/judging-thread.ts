// One of two threads for files, one after the other, beside the worker's other work: it reads a file, and
// finds the verdict on each row. The other writes the rows; while that has enough to do, this one writes some, too.
import { type MessagePort, parentPort } from "node:worker_threads";
import type { Message } from "@ringfence/core/message";
import type { ScrubCounts } from "@ringfence/core/scrub";
import { ServiceError } from "../errors.ts";
import { makeAhead } from "./ahead.ts";
import type { PlannedFile } from "./plan-file.ts";
import type { Found } from "./lookups.ts";
import { type Header, makeFileReader } from "./read-file.ts";
import type { NumberedRows } from "./row-reader.ts";
import { makeRowJudge, makeRowWriter, type ScreenedRows, type Screening } from "./screen-rows.ts";
import { failOf, memoryOf, send } from "./thread-messages.ts";
import type { FromWriter, ToWriter } from "./writing-thread.ts";

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

/** So many stretches the other thread has at once, to write and to look up: it never waits for the next. */
const handedAtOnce = 3;
const soughtAtOnce = 4;

let writing: MessagePort | null = null;
/** The work on a file, from its beginning to its end. */
let work: ReturnType<typeof makeWork> | null = null;

function take(message: ToJudging) {
  if ("writing" in message) writing = message.writing;
  else if ("begin" in message) work = makeWork(message.begin);
  else if (work === null) return; // of a file that is done
  else if ("content" in message) work.read(message.content);
  else if ("screening" in message) work.begin(message.screening);
  else if ("isTaken" in message) work.taken();
  else if ("memory" in message) work.giveBack(message.memory);
  else {
    tell({ counts: work.counts() });
    work = null;
  }
}

function makeWork(plan: PlannedFile) {
  const [file, writer, ahead] = [makeFileReader(plan), makeRowWriter(plan), makeAhead()];
  let judge: ReturnType<typeof makeRowJudge> | null = null;
  /** Stretches whose numbers are looked up by the other thread, or have been. */
  const sought: { rows: NumberedRows; found: Found | null }[] = [];
  let handed = 0;
  let isDue = false;
  writing?.removeAllListeners("message").on("message", ({ found }: FromWriter) => {
    if (found === null) handed--;
    else {
      const item = sought.find((some) => some.found === null);
      if (item !== undefined) item.found = found;
      goOn();
    }
  });

  const seek = () => {
    while (sought.length < soughtAtOnce && ahead.hasNext()) {
      const rows = ahead.next();
      if (rows === null) return;
      sought.push({ rows, found: null });
      tellWriter({ digits: rows.digits });
    }
  };

  /** Judges what was read, a stretch at a time: between two of them messages are heard. */
  const goOn = () => {
    if (judge === null || isDue) return;
    seek();
    if ((sought[0]?.found ?? null) === null) return;
    isDue = true;
    setImmediate(() => {
      isDue = false;
      attempt(() => {
        screenNext();
        goOn();
      });
    });
  };

  const screenNext = () => {
    const next = sought.shift();
    if (next === undefined || next.found === null || judge === null) return;
    tell({ heldBytes: ahead.heldBytes(), isRead: false });
    const judged = judge.judge(next.rows, next.found);
    if (handed < handedAtOnce) {
      handed++;
      tellWriter({ judged }, memoryOf({ ...judged.rows, verdicts: judged.verdicts }));
    } else {
      const screened = writer.write(judged);
      tell({ screened }, memoryOf({ written: screened.written }));
    }
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
      tellWriter({ begin: plan, lookups: { own, registries } });
      goOn();
    },
    taken() {
      ahead.taken();
      goOn();
    },
    giveBack: writer.giveBack,
    counts(): ScrubCounts {
      if (judge === null) throw new Error("a file came to its end before it was screened");
      tellWriter({ end: true });
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

function tellWriter(message: ToWriter, moved: ArrayBuffer[] = []) {
  if (writing === null) throw new Error("the thread that writes was not met");
  send(writing, message, moved);
}

function tell(message: FromJudging, moved: ArrayBuffer[] = []) {
  if (parentPort !== null) send(parentPort, message, moved);
}

parentPort?.on("message", (message: ToJudging) => attempt(() => take(message)));
parentPort?.on("messageerror", failOf);
