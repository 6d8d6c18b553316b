import type { FileHandle } from "node:fs/promises";

const PIECE_BYTES = 1 << 20;

type Reading = {
  push: (bytes: Uint8Array) => void;
  advance: (bytes: number) => void;
  signal: AbortSignal;
};

/** Passes the bytes of a file on, piece by piece: while one is taken, the next is being read. */
export async function readPlain(file: FileHandle, { push, advance, signal }: Reading) {
  let [free, full] = [new Uint8Array(PIECE_BYTES), new Uint8Array(PIECE_BYTES)];
  let at = 0;
  let reading = file.read(free, 0, PIECE_BYTES, at);
  try {
    for (;;) {
      const { bytesRead } = await reading;
      if (bytesRead === 0) return;
      [free, full] = [full, free];
      at += bytesRead;
      reading = file.read(free, 0, PIECE_BYTES, at);
      push(full.subarray(0, bytesRead));
      advance(bytesRead);
      signal.throwIfAborted();
    }
  } finally {
    await Promise.allSettled([reading]);
  }
}
