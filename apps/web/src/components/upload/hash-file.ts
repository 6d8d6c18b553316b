import { sha256 } from "@noble/hashes/sha2.js";

/** Few enough that the page answers between two pieces, and enough that a large file is read fast. */
const PIECE_BYTES = 8 * 1024 * 1024;

/**
 * The SHA-256 of a file, which is read piece by piece, so that one of any size is never held whole. Web
 * Crypto would need the whole file at once, and pages without https do not have it.
 */
export async function hashFile(
  file: Blob,
  { onProgress, signal }: { onProgress: (bytes: number) => void; signal: AbortSignal },
): Promise<Uint8Array> {
  const hash = sha256.create();
  for (let at = 0; at < file.size; at += PIECE_BYTES) {
    const piece = await file.slice(at, at + PIECE_BYTES).arrayBuffer();
    signal.throwIfAborted();
    hash.update(new Uint8Array(piece));
    onProgress(at + piece.byteLength);
  }
  return hash.digest();
}
