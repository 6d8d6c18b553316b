/** Shared memory through which one thread hands the pieces of a file to another. */
export type Ring = {
  /** Slots of the ring; piece n is in slot n modulo their number. */
  pieces: readonly Uint8Array<SharedArrayBuffer>[];
  /** Number of pieces taken. */
  taken: Int32Array<SharedArrayBuffer>;
};

/**
 * A whole number of 12-byte lines of the US registry, so that none is cut; a ring of these stays in
 * the processor's cache.
 */
export const PIECE_BYTES = 12 << 18;
const PIECES = 4;

export const makeRing = (): Ring => ({
  pieces: Array.from({ length: PIECES }, () => new Uint8Array(new SharedArrayBuffer(PIECE_BYTES))),
  taken: new Int32Array(new SharedArrayBuffer(4)),
});

/** The first `length` bytes of the piece of that number. */
export const viewPiece = ({ pieces }: Ring, number: number, length: number) =>
  pieces[number % PIECES]?.subarray(0, length) ?? new Uint8Array(0);

/** Frees the slot of a piece. */
export function giveBack({ taken }: Ring) {
  Atomics.add(taken, 0, 1);
  Atomics.notify(taken, 0);
}
