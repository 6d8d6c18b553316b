import { setTimeout as wait } from "node:timers/promises";

/** Milliseconds from some instant on, and how to let some pass. */
type Clock = { now: () => number; wait: (ms: number) => Promise<unknown> };

/** Of time alone; no decision rests on it. */
// oxlint-disable-next-line house/no-ambient-input
const realClock: Clock = { now: () => performance.now(), wait };

/** What comes late by no more is made up for; a timer is late by one or two. */
const LATE_MS = 20;

/** Hands pieces on as they are, and no more bytes in a millisecond than so many. */
export async function* paced(
  pieces: Iterable<Buffer>,
  bytesPerMs: number,
  { now, wait }: Clock = realClock,
): AsyncGenerator<Buffer> {
  let due = now();
  for (const piece of pieces) {
    const early = due - now();
    if (early > 0) await wait(early);
    yield piece;
    due = Math.max(due, now() - LATE_MS) + piece.length / bytesPerMs;
  }
}
