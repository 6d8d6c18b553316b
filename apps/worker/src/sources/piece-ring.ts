/** Memory through which one thread hands the pieces of a file to another. */
export type Ring = {
  bytes: Uint8Array<SharedArrayBuffer>;
  /** How many pieces were taken. */
  taken: Int32Array<SharedArrayBuffer>;
};

/** As many lines of the US registry, so that none is cut; a ring of them stays in a processor's cache. */
export const PIECE_BYTES = 12 << 18;
const PIECES = 4;
export const READ_BYTES = 12 << 14;

export const makeRing = (): Ring => ({
  bytes: new Uint8Array(new SharedArrayBuffer(PIECES * PIECE_BYTES)),
  taken: new Int32Array(new SharedArrayBuffer(4)),
});

/** Where the piece of that number, from 0 on, stands. */
export function pieceOf({ bytes }: Ring, number: number): Uint8Array<SharedArrayBuffer> {
  const from = (number % PIECES) * PIECE_BYTES;
  return bytes.subarray(from, from + PIECE_BYTES);
}

/** Blocks the thread until the place of a piece is free. */
export function waitForRoom({ taken }: Ring, number: number) {
  for (;;) {
    const already = Atomics.load(taken, 0);
    if (number - already < PIECES) return;
    Atomics.wait(taken, 0, already);
  }
}

/** Gives the place of a piece back. */
export function giveBack({ taken }: Ring) {
  Atomics.add(taken, 0, 1);
  Atomics.notify(taken, 0);
}
