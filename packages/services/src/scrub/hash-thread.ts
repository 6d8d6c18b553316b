// What is hashed beside the screening, on another core: the file as it came, and the result.
// oxlint-disable-next-line house/no-ambient-input
import { createHash } from "node:crypto";
import { parentPort } from "node:worker_threads";
import { makeRowHasher } from "./row-hasher.ts";

/** Each row of the result lies before one of `ends`; a header has none. Null ends the work. */
export type ToHash =
  | { input: Uint8Array<ArrayBuffer> }
  | { output: Uint8Array<ArrayBuffer>; ends: Int32Array<ArrayBuffer> }
  | null;

export type Hashes = { input: Uint8Array; result: Uint8Array; root: Uint8Array };

const [input, result] = [createHash("sha256"), createHash("sha256")];
const rows = makeRowHasher();

parentPort?.on("message", (message: ToHash) => {
  if (message === null) {
    const hashes: Hashes = { input: input.digest(), result: result.digest(), root: rows.root() };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    parentPort?.postMessage(hashes);
    parentPort?.close();
    return;
  }
  if ("input" in message) input.update(message.input);
  else {
    result.update(message.output);
    const bytes = Buffer.from(message.output.buffer);
    let start = 0;
    for (const end of message.ends) {
      rows.addRow(bytes, start, end);
      start = end;
    }
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(null);
});
