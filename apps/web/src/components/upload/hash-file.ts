import { sha256 } from "@noble/hashes/sha2.js";

/** Small enough that the page stays responsive between pieces, and large enough to read a big file fast. */
const PIECE_BYTES = 8 * 1024 * 1024;

/**
 * Returns the SHA-256 of a file. It reads the file in pieces, so that a file of any size fits into memory.
 * Web Crypto needs the whole file at once, and is missing on pages without https.
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
