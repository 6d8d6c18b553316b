// Hashes files in a thread of its own: each message is a file that is open, the last answer its SHA-256
// and how many bytes it has. With a ring comes a file that is to be read too: of each of its pieces the
// length is told before it is hashed, so that both threads work on what was read once.
import { createHash } from "node:crypto";
import { readSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import { pieceOf, READ_BYTES, type Ring, waitForRoom } from "./piece-ring.ts";

const own = new Uint8Array(READ_BYTES);

parentPort?.on("message", ({ fd, ring }: { fd: number; ring: Ring | null }) => {
  const hash = createHash("sha256");
  let bytes = 0;
  /** Reads and hashes what fits, a bit at a time: so it need not be fetched twice. */
  const fill = (piece: Uint8Array) => {
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
  for (let pieces = 0; ; pieces++) {
    if (ring) waitForRoom(ring, pieces);
    const filled = fill(ring ? pieceOf(ring, pieces) : own);
    if (filled === 0) break;
    if (ring) parentPort?.postMessage(filled, []);
  }
  parentPort?.postMessage({ sha256: hash.digest("hex"), bytes }, []);
});
