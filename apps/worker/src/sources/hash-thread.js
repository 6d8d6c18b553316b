// @ts-check
// Hashes files in a thread of its own: each message is a file that is open, the last answer its SHA-256
// and how many bytes it has. With a ring comes a file that is to be read too: of each of its pieces the
// length is told before it is hashed, so that both threads work on what was read once.
// Plain JavaScript, for what takes the types off a file has to be loaded in each thread, which takes longer
// than all else that begins it: a sync would wait twice as long for its first bytes.
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
   * Reads and hashes what fits, a bit at a time: so it need not be fetched twice.
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
 * The place of the piece of that number. Blocks the thread until it is free.
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
