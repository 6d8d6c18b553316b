// One of two threads for a file, beside the worker's other work: it reads the file, and finds the verdict
// on each row. The other writes the rows; while that has enough to do, this one writes some, too.
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { Message } from "@ringfence/core/message";
import type { ScrubCounts } from "@ringfence/core/scrub";
import { ServiceError } from "../errors.ts";
import { makeAhead } from "./ahead.ts";
import type { PlannedFile } from "./plan-file.ts";
import { type Header, makeFileReader } from "./read-file.ts";
import { makeRowJudge, makeRowWriter, type ScreenedRows, type Screening } from "./screen-rows.ts";
import { failOf, memoryOf, send } from "./thread-messages.ts";

export type ToJudging =
  /** Bytes of the file, until null ends them. */
  | { content: Uint8Array | null }
  /** To the thread that writes. */
  | { writing: MessagePort }
  | { screening: Screening }
  /** Rows that were screened first were taken. */
  | { isTaken: true }
  /** Memory of rows that this thread wrote. */
  | { memory: ArrayBuffer }
  /** Nothing comes any more. */
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

/** So many stretches the thread that writes has at once: it never waits for the next. */
const handedAtOnce = 3;

const plan: PlannedFile = workerData;
const file = makeFileReader(plan);
const writer = makeRowWriter(plan);
const ahead = makeAhead();
let writing: MessagePort | null = null;
let handed = 0;
let judge: ReturnType<typeof makeRowJudge> | null = null;
let isDue = false;

function take(message: ToJudging) {
  if ("content" in message) read(message.content);
  else if ("writing" in message) meet(message.writing);
  else if ("screening" in message) judge = makeRowJudge(plan, message.screening);
  else if ("isTaken" in message) ahead.taken();
  else if ("memory" in message) writer.giveBack(message.memory);
  else if (judge !== null) tell({ counts: judge.counts() });
  goOn();
}

function read(content: Uint8Array | null) {
  for (const some of content === null ? file.end() : file.read(content)) {
    if ("written" in some) tell({ header: some });
    else ahead.add(some);
  }
  tell({ heldBytes: ahead.heldBytes(), isRead: true });
  if (content === null) tell({ rows: ahead.rows(), inputHash: file.hash() });
}

/** It says no more than that it has written what was handed to it. */
function meet(port: MessagePort) {
  writing = port;
  port.on("message", () => void handed--);
  port.on("messageerror", failOf);
}

/** Judges what was read, a stretch at a time: between two of them messages are heard. */
function goOn() {
  if (judge === null || isDue || !ahead.hasNext()) return;
  isDue = true;
  setImmediate(() => {
    isDue = false;
    attempt(() => {
      screenNext();
      goOn();
    });
  });
}

function screenNext() {
  const rows = ahead.next();
  if (rows === null || judge === null) return;
  tell({ heldBytes: ahead.heldBytes(), isRead: false });
  const judged = judge.judge(rows);
  if (writing !== null && handed < handedAtOnce) {
    handed++;
    send(writing, judged, memoryOf({ ...judged.rows, verdicts: judged.verdicts }));
  } else {
    const screened = writer.write(judged);
    tell({ screened }, memoryOf({ written: screened.written }));
  }
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
