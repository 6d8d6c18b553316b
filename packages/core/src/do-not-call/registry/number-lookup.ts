import { BLOCK_BYTES, BLOCK_SIZE, BLOCKS_PER_AREA } from "./blocks.ts";
import { BLOCKS_PER_PIECE, hasNumber, type NumberSet } from "./number-set.ts";

/** Numbers of eleven digits and less, which nearly all are, lie in areas below it. */
const AREAS = 10_000;
const AREA_SIZE = BLOCKS_PER_AREA * BLOCK_SIZE;

/**
 * Asks a set that does not change about millions of numbers: writes 1 for each that is in it, else 0.
 * In loops that are short and never branch, so that the processor reaches into memory for many numbers
 * at once: a registry is larger than what it keeps at hand.
 */
export function makeNumberLookup(set: NumberSet) {
  /** Of an area, where the places of its blocks begin; those of an area that is not there are all 0. */
  const directories = new Int32Array(AREAS);
  const places = new Int32Array((set.areas.size + 1) * BLOCKS_PER_AREA);
  for (const [index, [area, directory]] of [...set.areas].entries()) {
    const from = (index + 1) * BLOCKS_PER_AREA;
    if (area < AREAS) directories[area] = from;
    places.set(directory, from);
  }
  const nothing = new Uint8Array(BLOCKS_PER_PIECE * BLOCK_BYTES);
  /** Before them all that of the place 0, which no block has. */
  const pieces = [nothing, ...set.pieces];
  /** Of each number the place of its block and its line within that: integers are faster than doubles. */
  let [blocks, lines] = [new Int32Array(0), new Int32Array(0)];

  return (numbers: Float64Array, isListed: Uint8Array) => {
    const count = numbers.length;
    if (blocks.length < count) [blocks, lines] = [new Int32Array(count), new Int32Array(count)];
    let hasLong = false;
    for (let row = 0; row < count; row++) {
      const number = numbers[row] ?? 0;
      if (number >= AREAS * AREA_SIZE) hasLong = true;
      // A half more, so that a whole area is not rounded down: to multiply is faster than to divide.
      const area = ((number + 0.5) * (1 / AREA_SIZE)) | 0;
      const rest = (number - area * AREA_SIZE) | 0;
      const block = (rest / BLOCK_SIZE) | 0;
      lines[row] = rest - block * BLOCK_SIZE;
      blocks[row] = places[(directories[area] ?? 0) + block] ?? 0;
    }
    for (let row = 0; row < count; row++) {
      const place = (blocks[row] ?? 0) - 1;
      const line = lines[row] ?? 0;
      const bits = pieces[(place >> PIECE_BITS) + 1] ?? nothing;
      const byte = bits[(place & (BLOCKS_PER_PIECE - 1)) * BLOCK_BYTES + (line >> 3)] ?? 0;
      isListed[row] = (byte >> (line & 7)) & 1;
    }
    if (!hasLong) return;
    for (let row = 0; row < count; row++) {
      const number = numbers[row] ?? 0;
      if (number >= AREAS * AREA_SIZE) isListed[row] = hasNumber(set, number) ? 1 : 0;
    }
  };
}

const PIECE_BITS = Math.log2(BLOCKS_PER_PIECE);
