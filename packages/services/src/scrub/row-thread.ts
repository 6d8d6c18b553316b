// What is done to a file beside the worker's other work, on cores of their own: one thread reads it, and
// screens its rows; where there is a second, that asks the first for rows, and screens these.
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { Message } from "@ringfence/core/message";
import type { ScrubCounts } from "@ringfence/core/scrub";
import { ServiceError } from "../errors.ts";
import { makeAhead } from "./ahead.ts";
import type { PlannedFile } from "./plan-file.ts";
import { type Header, makeFileReader } from "./read-file.ts";
import { buffersOf, type NumberedRows } from "./row-reader.ts";
import { makeRowScreener, type ScreenedRows, type Screening } from "./screen-rows.ts";

export type ToThread =
  /** Bytes of the file, until null ends them: for the reader alone. */
  | { content: Uint8Array | null }
  /** To the other thread; comes before what is screened by. */
  | { other: MessagePort; isReader: boolean }
  | { screening: Screening }
  /** Rows that were screened first were taken. */
  | { isTaken: true }
  /** Nothing comes any more. */
  | { end: true };

export type FromThread =
  | { header: Header }
  /** How much memory what was read takes that nobody screens yet, and whether bytes that were sent were read. */
  | { heldBytes: number; isRead: boolean }
  | { screened: ScreenedRows }
  /** The file was read: how many rows it has, and its SHA-256. */
  | { rows: number; inputHash: Uint8Array }
  | { refused: Message }
  | { counts: ScrubCounts };

/** So many a thread has asked for at once: it never waits for the next. */
const asksAhead = 2;

const plan: PlannedFile = workerData;
const file = makeFileReader(plan);
const ahead = makeAhead();
let other: MessagePort | null = null;
/** How often this thread asks the other for rows. */
let asks = 0;
let screener: ReturnType<typeof makeRowScreener> | null = null;
let isDue = false;

function take(message: ToThread) {
  if ("content" in message) read(message.content);
  else if ("other" in message) meet(message.other, message.isReader);
  else if ("screening" in message) {
    screener = makeRowScreener(plan, message.screening);
    for (; asks > 0; asks--) ask();
  } else if ("isTaken" in message) ahead.taken();
  else if (screener !== null) tell({ counts: screener.counts() });
  giveOut();
}

function read(content: Uint8Array | null) {
  for (const some of content === null ? file.end() : file.read(content)) {
    if ("written" in some) tell({ header: some });
    else ahead.add(some);
  }
  tell({ heldBytes: ahead.heldBytes(), isRead: true });
  if (content === null) tell({ rows: ahead.rows(), inputHash: file.hash() });
}

/** The reader is asked for rows by each message, the other is given some by each. */
function meet(port: MessagePort, isReader: boolean) {
  other = port;
  port.on("message", (rows: NumberedRows | null) => {
    attempt(() => {
      if (rows === null) ahead.ask();
      else {
        screen(rows);
        ask();
      }
      giveOut();
    });
  });
  port.on("messageerror", fail);
  if (!isReader) asks = asksAhead;
}

function give(rows: NumberedRows) {
  if (other !== null) send(other, rows, buffersOf(rows));
  tell({ heldBytes: ahead.heldBytes(), isRead: false });
}

function ask() {
  if (other !== null) send(other, null);
}

/** Gives what was read to who asked, and screens some here; then looks whether anybody asked again. */
function giveOut() {
  if (screener === null) return;
  for (let rows = ahead.forOther(); rows !== null; rows = ahead.forOther()) give(rows);
  if (isDue || !ahead.hasNext()) return;
  isDue = true;
  setImmediate(() => {
    isDue = false;
    attempt(() => {
      const rows = ahead.next();
      if (rows !== null) screen(rows);
      giveOut();
    });
  });
}

function screen(rows: NumberedRows) {
  if (screener === null) throw new Error("rows came before what they are screened by");
  const screened = screener.screen(rows);
  tell({ heldBytes: ahead.heldBytes(), isRead: false });
  tell({ screened }, [screened.written.buffer]);
}

/** What cannot be read is lost, and rows with it. */
function fail(error: Error) {
  throw error;
}

function attempt(work: () => void) {
  try {
    work();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    tell({ refused: error.explanation });
  }
}

function tell(message: FromThread, moved: ArrayBuffer[] = []) {
  if (parentPort !== null) send(parentPort, message, moved);
}

function send(port: MessagePort, message: unknown, moved: ArrayBuffer[] = []) {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  port.postMessage(message, moved);
}

parentPort?.on("message", (message: ToThread) => attempt(() => take(message)));
parentPort?.on("messageerror", fail);
