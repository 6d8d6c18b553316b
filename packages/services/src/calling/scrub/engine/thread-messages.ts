// oxlint-disable-next-line house/no-ambient-input -- no result depends on it: it only tells the system who goes first
import { constants, getPriority, setPriority } from "node:os";
import type { MessagePort, Transferable } from "node:worker_threads";

/** Sends a message. `moved` is memory that belongs to the receiver from then on. */
export function send(
  port: Pick<MessagePort, "postMessage">,
  message: unknown,
  moved: Transferable[] = [],
) {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  port.postMessage(message, moved);
}

/** Returns the memory of arrays, each of which has its own. */
export const listBuffers = (...arrays: readonly { buffer: ArrayBuffer }[]): ArrayBuffer[] =>
  arrays.map(({ buffer }) => buffer);

/**
 * Frees the memory of arrays at once, because the garbage collector would search everything to find it. The arrays are
 * empty afterward, and so are all others on the same memory.
 */
export function freeMemory(...arrays: readonly { buffer: ArrayBuffer }[]) {
  for (const { buffer } of arrays) buffer.transfer(0);
}

/** Ends the thread when a message cannot be read, because its rows are lost. */
export function rethrow(error: Error) {
  throw error;
}

const lowPriority = constants.priority.PRIORITY_BELOW_NORMAL;

/**
 * Lets everything else on this machine go before this thread, unless it does already. A file takes all processors that it
 * gets, and nobody's screening or opt-out may wait for it. Only Linux has a priority for each thread.
 */
export function lowerThreadPriority() {
  // oxlint-disable-next-line house/no-ambient-input -- as above
  if (process.platform === "linux" && getPriority() < lowPriority) setPriority(lowPriority);
}
