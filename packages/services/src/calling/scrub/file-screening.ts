import type { ScrubCounts } from "@ringfence/core/calling/scrub";
import { ServiceError } from "../../platform/errors.ts";
import type { FromJudging } from "./judging-thread.ts";
import type { PlannedFile } from "./plan-file.ts";
import type { Header } from "./read-file.ts";
import { screenHere } from "./screen-here.ts";
import type { FileScreening, ScreenedRows } from "./screen-rows.ts";
import { type RowThread, takeRowThreads } from "./row-threads.ts";
import type { FromWriting } from "./writing-thread.ts";

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
type Heard = {
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
    counts: null,
    whole: null,
    heldBytes: 0,
    unread: 0,
    next: 1,
  };
  const threads = takeRowThreads(plan, (message, from) => {
    hear(heard, message, from);
  });

  const isFull = () => heard.unread > maxUnread || heard.heldBytes > ahead;
  const feed = async () => {
    for await (const piece of content) {
      if (threads.hasFailed()) return;
      heard.unread++;
      threads.toJudging({ content: piece }, memoryOf(piece));
      while (isFull()) await threads.changed();
    }
    threads.toJudging({ content: null });
  };
  const feeding = feed().catch(threads.fail);

  /** Everything but its end, in order. */
  async function* pieces() {
    let before: Screened | null = null;
    while (!isAllTaken(heard)) {
      const some = takeNext(heard);
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
      while (heard.counts === null) await threads.changed();
      yield { inputHash: hashOf(heard), counts: heard.counts };
    },
    stop: () => threads.stop(heard.counts !== null).then(() => feeding),
  };
}

function hear(heard: Heard, message: FromJudging | FromWriting, by: RowThread) {
  if ("screened" in message) {
    const { screened } = message;
    heard.screened.set(screened.first, { ...screened, by });
  } else if ("heldBytes" in message) {
    heard.heldBytes = message.heldBytes;
    if (message.isRead) heard.unread--;
  } else if ("header" in message) heard.header = message.header;
  else if ("inputHash" in message) heard.whole = message;
  else if ("counts" in message) heard.counts = message.counts;
  else throw new ServiceError("invalid", message.refused);
}

/** The header, or the rows that are next in the file, where they have been screened. */
function takeNext(heard: Heard): Header | Screened | null {
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
