import type { MessagePort, Transferable } from "node:worker_threads";

/** Sends a message, and memory with it that is then the receiver's. */
export function send(
  port: Pick<MessagePort, "postMessage">,
  message: unknown,
  moved: Transferable[] = [],
) {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  port.postMessage(message, moved);
}

/** The memory of arrays, each alone in its own. */
export const memoriesOfArrays = (...arrays: readonly { buffer: ArrayBuffer }[]): ArrayBuffer[] =>
  arrays.map(({ buffer }) => buffer);

/** Frees the same at once: the collector would go through everything to find it. */
export function freeMemory(...arrays: readonly { buffer: ArrayBuffer }[]) {
  for (const { buffer } of arrays) buffer.transfer(0);
}

/** What cannot be read is lost, and rows with it. */
export function rethrow(error: Error) {
  throw error;
}
