// @ts-check
// Hashes files in a thread of its own. Each message names an open file; the last answer is its SHA-256 and its
// length. With a ring, this thread also reads the file for the other thread, and answers with the length of
// each piece once it has read and hashed it, so that both threads work on bytes that were read once.
// This is plain JavaScript, because loading the type stripper takes longer than everything else at the start
// of a thread: a reading would wait twice as long for its first bytes.
import { createHash } from "node:crypto";
import { readSync } from "node:fs";
import { parentPort } from "node:worker_threads";

/** @typedef {import("./start-hasher.ts").Ring} Ring */

const READ_BYTES = 12 << 14;
const own = new Uint8Array(READ_BYTES);

parentPort?.on("message", (/** @type {{ fd: number, ring: Ring | null }} */ { fd, ring }) => {
  const hash = createHash("sha256");
  let bytes = 0;
  /**
   * Reads as much as fits and hashes it at the same time, so that it is read only once.
   * @param {Uint8Array} piece
   */
  const fill = (piece) => {
    let filled = 0;
    while (filled < piece.length) {
      const most = Math.min(READ_BYTES, piece.length - filled);
      const read = readSync(fd, piece, filled, most, bytes);
      if (read === 0) break;
      hash.update(piece.subarray(filled, filled + read));
      filled += read;
      bytes += read;
    }
    return filled;
  };
  for (let number = 0; ; number++) {
    const filled = fill(ring ? roomIn(ring, number) : own);
    if (filled === 0) break;
    if (ring) parentPort?.postMessage(filled, []);
  }
  parentPort?.postMessage({ sha256: hash.digest("hex"), bytes }, []);
});

/**
 * Returns the memory for a piece, by its number. Blocks the thread until it is free.
 * @param {Ring} ring
 * @param {number} number
 */
function roomIn({ pieces, taken }, number) {
  for (;;) {
    const already = Atomics.load(taken, 0);
    const piece = pieces[number % pieces.length];
    if (piece && number - already < pieces.length) return piece;
    Atomics.wait(taken, 0, already);
  }
}
