/** Memory through which one thread hands the pieces of a file to another. */
export type Ring = {
  /** The places: a piece stands in the one of its number, counted from 0 on and around. */
  pieces: readonly Uint8Array<SharedArrayBuffer>[];
  /** How many pieces were taken. */
  taken: Int32Array<SharedArrayBuffer>;
};

/** As many lines of the US registry, so that none is cut; a ring of them stays in a processor's cache. */
export const PIECE_BYTES = 12 << 18;
const PIECES = 4;

export const makeRing = (): Ring => ({
  pieces: Array.from({ length: PIECES }, () => new Uint8Array(new SharedArrayBuffer(PIECE_BYTES))),
  taken: new Int32Array(new SharedArrayBuffer(4)),
});

/** The first `length` bytes of the piece of that number. */
export const pieceOf = ({ pieces }: Ring, number: number, length: number) =>
  pieces[number % PIECES]?.subarray(0, length) ?? new Uint8Array(0);

/** Gives the place of a piece back. */
export function giveBack({ taken }: Ring) {
  Atomics.add(taken, 0, 1);
  Atomics.notify(taken, 0);
}
