import { MessageChannel } from "node:worker_threads";
import type { ScrubCounts } from "@ringfence/core/scrub";
import { ServiceError } from "../errors.ts";
import { sumOf } from "./counts-of.ts";
import type { PlannedFile } from "./plan-file.ts";
import type { Header } from "./read-file.ts";
import type { FromThread, ToThread } from "./row-thread.ts";
import type { FileScreening, ScreenedRows } from "./screen-rows.ts";
import { screenHere } from "./screen-here.ts";
import { startRowThreads } from "./start-row-threads.ts";

const [reader, other] = [0, 1];
/** From here on it is worth while to start threads. */
const manyBytes = 1_000_000;
/** As many pieces as may lie before the reader unread. */
const maxUnread = 16;
/** The memory of bytes where they are alone in it: then it can be given away, and need not be copied. */
const memoryOf = ({ buffer, byteLength }: Uint8Array): ArrayBuffer[] =>
  buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];

/** As much memory as what was read may take that nobody screens yet. */
const usualAheadBytes = 512 * 1_024 * 1_024;

/** What was heard of a file. */
type Heard = {
  /** Comes before all rows; null where there is none, or it was taken. */
  header: Header | "due" | null;
  /** By the number of their first row; of those that were not taken yet. */
  screened: Map<number, ScreenedRows>;
  counts: ScrubCounts[];
  /** Null until it is read to its end. */
  whole: { rows: number; inputHash: Uint8Array } | null;
  heldBytes: number;
  unread: number;
  /** The number of the row that is taken next. */
  next: number;
};

/** Reads a file of so many bytes, screens its rows and writes them. Its pieces may be given away. */
export const openFileScreening = (
  content: AsyncIterable<Uint8Array>,
  plan: PlannedFile,
  bytes: number,
): FileScreening =>
  bytes < manyBytes ? screenHere(content, plan) : screenInThreads(content, plan, usualAheadBytes);

/**
 * The same in two threads of its own. It begins at once: while others wait for the database, the file is
 * read, as far ahead as so many bytes of memory hold.
 */
export function screenInThreads(
  content: AsyncIterable<Uint8Array>,
  plan: PlannedFile,
  ahead: number,
): FileScreening {
  const heard: Heard = {
    header: plan.hasHeader ? "due" : null,
    screened: new Map(),
    counts: [],
    whole: null,
    heldBytes: 0,
    unread: 0,
    next: 1,
  };
  const threads = startRowThreads(2, plan, (message, thread) => {
    hear(heard, message, thread);
  });
  const { port1, port2 } = new MessageChannel();
  threads.send(reader, { other: port1, isReader: true }, [port1]);
  threads.send(other, { other: port2, isReader: false }, [port2]);
  const toBoth = (message: ToThread) => {
    for (const thread of [reader, other]) threads.send(thread, message);
  };

  const isFull = () => heard.unread > maxUnread || heard.heldBytes > ahead;
  const feed = async () => {
    for await (const piece of content) {
      if (threads.hasFailed()) return;
      heard.unread++;
      threads.send(reader, { content: piece }, memoryOf(piece));
      while (isFull()) await threads.changed();
    }
    threads.send(reader, { content: null });
  };
  const feeding = feed().catch(threads.fail);

  return {
    async *screened(by) {
      toBoth({ screening: by });
      while (!isAllTaken(heard)) {
        for (let some = takeNext(heard); some !== null; some = takeNext(heard)) {
          if ("first" in some) threads.send(reader, { isTaken: true });
          yield some;
        }
        if (!isAllTaken(heard)) await threads.changed();
      }
      toBoth({ end: true });
      while (heard.counts.length < 2) await threads.changed();
      yield { inputHash: hashOf(heard), counts: sumOf(heard.counts) };
    },
    stop: () => threads.stop().then(() => feeding),
  };
}

function hear(heard: Heard, message: FromThread, thread: number) {
  if ("screened" in message) heard.screened.set(message.screened.first, message.screened);
  else if ("heldBytes" in message) {
    if (thread === reader) heard.heldBytes = message.heldBytes;
    if (message.isRead) heard.unread--;
  } else if ("header" in message) heard.header = message.header;
  else if ("inputHash" in message) heard.whole = message;
  else if ("counts" in message) heard.counts.push(message.counts);
  else throw new ServiceError("invalid", message.refused);
}

/** The header, or the rows that are next in the file, where they have been screened. */
function takeNext(heard: Heard): Header | ScreenedRows | null {
  const { header } = heard;
  if (header === "due") return null;
  heard.header = null;
  if (header !== null) return header;
  const rows = heard.screened.get(heard.next);
  if (rows === undefined) return null;
  heard.screened.delete(heard.next);
  heard.next += rows.rows;
  return rows;
}

const isAllTaken = ({ whole, next, header }: Heard) =>
  whole !== null && next > whole.rows && header === null;

function hashOf({ whole }: Heard) {
  if (whole === null) throw new Error("a file was screened before it was read");
  return whole.inputHash;
}
