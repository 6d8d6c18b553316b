import {
  BLOCKS_PER_AREA,
  BLOCK_BYTES,
  BLOCK_SIZE,
  type Bits,
  addLine,
  toArea,
  countLines,
  linesIn,
  locateNumber,
  removeLine,
} from "./blocks.ts";
import { sharedBytes } from "../../../platform/shared-memory.ts";

/**
 * A growing set of numbers: a bitmap for each block that ever held a number, found through a directory per area.
 * A registry of 100 million numbers takes 235 MB, and so does one of 250 million.
 */
export type NumberSet = {
  /** Per area, the slot of each of its blocks, from 1; 0 for a block that is missing. */
  readonly areas: Map<number, Int32Array>;
  /** The bits of the blocks in the order of their slots, `BLOCKS_PER_PIECE` in each piece. */
  readonly pieces: Bits[];
  /** Number of blocks, and so the last slot in use. */
  blocks: number;
  /** True if the bits lie in memory that other threads can use without a copy. */
  readonly isShared: boolean;
};

/** A buffer per block (200,000 of them) would be slow, and a single one would be copied whenever it grows. */
export const BLOCKS_PER_PIECE = 1_024;
const PIECE_BYTES = BLOCKS_PER_PIECE * BLOCK_BYTES;
const PAGE_BYTES = 4_096;

export const createNumberSet = ({ isShared = false } = {}): NumberSet => ({
  areas: new Map(),
  pieces: [],
  blocks: 0,
  isShared,
});

/**
 * Returns the bits of a block, which stay those of the set: writing to them changes it. Undefined if the block never
 * held a number; all zeros if its numbers were removed.
 */
export function findBits(set: NumberSet, block: number): Bits | undefined {
  const slot = set.areas.get(toArea(block))?.[block % BLOCKS_PER_AREA] ?? 0;
  return slot === 0 ? undefined : readBits(set, slot);
}

/** Returns the bits of a block for writing, and adds the block if it is missing. */
export function ensureBits(set: NumberSet, block: number): Bits {
  const area = toArea(block);
  const directory = set.areas.get(area) ?? new Int32Array(BLOCKS_PER_AREA);
  set.areas.set(area, directory);
  const index = block % BLOCKS_PER_AREA;
  if (directory[index] === 0) {
    if (set.blocks % BLOCKS_PER_PIECE === 0) set.pieces.push(createPiece(set));
    directory[index] = ++set.blocks;
  }
  return readBits(set, directory[index] ?? 0);
}

/**
 * Touches every page of a new piece at once, because the system clears a page on its first write and clears
 * many together in half the time. The first piece is left alone: a small set may need only part of it.
 */
function createPiece({ isShared, pieces }: NumberSet): Bits {
  const piece = isShared ? sharedBytes(PIECE_BYTES) : new Uint8Array(PIECE_BYTES);
  if (pieces.length > 0) for (let at = 0; at < PIECE_BYTES; at += PAGE_BYTES) piece[at] = 0;
  return piece;
}

function readBits({ pieces }: NumberSet, slot: number): Bits {
  const piece = pieces[Math.floor((slot - 1) / BLOCKS_PER_PIECE)];
  if (piece === undefined) throw new Error(`no block ${slot}`);
  const from = ((slot - 1) % BLOCKS_PER_PIECE) * BLOCK_BYTES;
  return piece.subarray(from, from + BLOCK_BYTES);
}

export function addNumber(set: NumberSet, digits: number) {
  const { block, line } = locateNumber(digits);
  addLine(ensureBits(set, block), line);
}

/** Removes a number. Its block stays, so that `blockNumbersIn` still lists it. */
export function removeNumber(set: NumberSet, digits: number) {
  const { block, line } = locateNumber(digits);
  const bits = findBits(set, block);
  if (bits) removeLine(bits, line);
}

/** Tests a number without creating an object, because it is called for millions of numbers. */
export function hasNumber({ areas, pieces }: NumberSet, digits: number): boolean {
  const block = Math.floor(digits / BLOCK_SIZE);
  const area = toArea(block);
  const slot = areas.get(area)?.[block - area * BLOCKS_PER_AREA] ?? 0;
  if (slot === 0) return false;
  const line = digits - block * BLOCK_SIZE;
  const inPiece = ((slot - 1) % BLOCKS_PER_PIECE) * BLOCK_BYTES;
  const byte = pieces[Math.floor((slot - 1) / BLOCKS_PER_PIECE)]?.[inPiece + (line >> 3)] ?? 0;
  return ((byte >> (line & 7)) & 1) === 1;
}

/** Lists the areas that hold a block, in order. */
export const areasIn = (set: NumberSet) => [...set.areas.keys()].toSorted((a, b) => a - b);

/** Yields the blocks of an area, in order. */
export function* blocksInArea(
  set: NumberSet,
  area: number,
): Generator<[block: number, bits: Bits]> {
  for (const [index, slot] of set.areas.get(area)?.entries() ?? []) {
    if (slot > 0) yield [area * BLOCKS_PER_AREA + index, readBits(set, slot)];
  }
}

/** Lists the blocks that the set holds, in order, as `locateNumber` numbers them. */
export function blockNumbersIn(set: NumberSet): number[] {
  const blocks: number[] = [];
  for (const area of areasIn(set)) {
    const directory = set.areas.get(area) ?? [];
    for (let index = 0; index < directory.length; index++) {
      if (directory[index] !== 0) blocks.push(area * BLOCKS_PER_AREA + index);
    }
  }
  return blocks;
}

/** Yields every number, in ascending order. */
export function* numbersIn(set: NumberSet): Generator<number> {
  for (const area of areasIn(set)) {
    for (const [block, bits] of blocksInArea(set, area)) {
      for (const line of linesIn(bits)) yield block * BLOCK_SIZE + line;
    }
  }
}

/**
 * Creates the set of all numbers of some blocks except the given ones. For a registry that only names who may
 * be called: nothing is known of everybody else, and what we cannot check counts as listed.
 */
export function createComplement(free: NumberSet, blocks: Iterable<number>): NumberSet {
  const rest = createNumberSet();
  for (const block of blocks) {
    const bits = ensureBits(rest, block);
    const freeBits = findBits(free, block);
    for (let index = 0; index < BLOCK_BYTES; index++) bits[index] = ~(freeBits?.[index] ?? 0);
  }
  return rest;
}

export function countNumbers(set: NumberSet): number {
  let count = 0;
  for (const area of set.areas.keys()) {
    for (const [, bits] of blocksInArea(set, area)) count += countLines(bits);
  }
  return count;
}

/** Numbers of up to eleven digits, which nearly all are, lie in areas below this one. */
const AREAS = 10_000;
const AREA_SIZE = BLOCKS_PER_AREA * BLOCK_SIZE;

/**
 * Creates a function that tests many numbers against a set that no longer changes: it writes 1 for each number
 * in the set, else 0. Its loops are short and have no branches, so that the processor loads memory for many
 * numbers at once: a registry is larger than its cache.
 */
export function createNumberLookup(set: NumberSet) {
  /** Per area, where the slots of its blocks begin in `slots`; a missing area points at zeros. */
  const directories = new Int32Array(AREAS);
  const slots = new Int32Array((set.areas.size + 1) * BLOCKS_PER_AREA);
  for (const [index, [area, directory]] of [...set.areas].entries()) {
    const from = (index + 1) * BLOCKS_PER_AREA;
    if (area < AREAS) directories[area] = from;
    slots.set(directory, from);
  }
  const nothing = new Uint8Array(BLOCKS_PER_PIECE * BLOCK_BYTES);
  /** The first piece is empty and stands for slot 0, which no block has. */
  const pieces = [nothing, ...set.pieces];
  /** The slot of each number's block, and its line there: integers are faster than doubles. */
  let [blocks, lines] = [new Int32Array(0), new Int32Array(0)];

  return (numbers: Float64Array, isListed: Uint8Array) => {
    const count = numbers.length;
    if (blocks.length < count) [blocks, lines] = [new Int32Array(count), new Int32Array(count)];
    let hasLong = false;
    for (let row = 0; row < count; row++) {
      const number = numbers[row] ?? 0;
      if (number >= AREAS * AREA_SIZE) hasLong = true;
      // Multiplying is faster than dividing; the added half keeps a whole area from being rounded down.
      const area = ((number + 0.5) * (1 / AREA_SIZE)) | 0;
      const rest = (number - area * AREA_SIZE) | 0;
      const block = (rest / BLOCK_SIZE) | 0;
      lines[row] = rest - block * BLOCK_SIZE;
      blocks[row] = slots[(directories[area] ?? 0) + block] ?? 0;
    }
    for (let row = 0; row < count; row++) {
      const slot = (blocks[row] ?? 0) - 1;
      const line = lines[row] ?? 0;
      const bits = pieces[(slot >> PIECE_BITS) + 1] ?? nothing;
      const byte = bits[(slot & (BLOCKS_PER_PIECE - 1)) * BLOCK_BYTES + (line >> 3)] ?? 0;
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
