import {
  BLOCKS_PER_AREA,
  BLOCK_BYTES,
  BLOCK_SIZE,
  type Bits,
  addLine,
  areaOf,
  countLines,
  linesIn,
  placeOf,
  removeLine,
} from "./blocks.ts";
import { sharedBytes } from "../../../platform/shared-memory.ts";

/**
 * A set of numbers that grows: a bitmap for each block that holds one, found through a directory of
 * its area. A registry of a hundred million takes 235 MB, one of two hundred and fifty no more.
 */
export type NumberSet = {
  /** Of each block of an area its place among all, from 1 on; 0 where there is none. */
  readonly areas: Map<number, Int32Array>;
  /** The bits of the blocks in the order of their places, so many in each piece. */
  readonly pieces: Bits[];
  blocks: number;
  /** Whether the bits lie in memory that other threads may be given without a copy. */
  readonly isShared: boolean;
};

/** Two hundred thousand buffers of their own would be slow, and one would have to be copied as it grows. */
export const BLOCKS_PER_PIECE = 1_024;
const PIECE_BYTES = BLOCKS_PER_PIECE * BLOCK_BYTES;
const PAGE_BYTES = 4_096;

export const emptySet = ({ isShared = false } = {}): NumberSet => ({
  areas: new Map(),
  pieces: [],
  blocks: 0,
  isShared,
});

export function bitsIn(set: NumberSet, block: number): Bits | undefined {
  const place = set.areas.get(areaOf(block))?.[block % BLOCKS_PER_AREA] ?? 0;
  return place === 0 ? undefined : bitsAt(set, place);
}

/** The bits of a block, to be written to; they are made where there are none. */
export function bitsFor(set: NumberSet, block: number): Bits {
  const area = areaOf(block);
  const directory = set.areas.get(area) ?? new Int32Array(BLOCKS_PER_AREA);
  set.areas.set(area, directory);
  const index = block % BLOCKS_PER_AREA;
  if (directory[index] === 0) {
    if (set.blocks % BLOCKS_PER_PIECE === 0) set.pieces.push(pieceFor(set));
    directory[index] = ++set.blocks;
  }
  return bitsAt(set, directory[index] ?? 0);
}

/**
 * The system clears a page of memory when it is first written to, which takes half the time for many at
 * once. A first piece may be all that a set needs of its memory, and is left alone.
 */
function pieceFor({ isShared, pieces }: NumberSet): Bits {
  const piece = isShared ? sharedBytes(PIECE_BYTES) : new Uint8Array(PIECE_BYTES);
  if (pieces.length > 0) for (let at = 0; at < PIECE_BYTES; at += PAGE_BYTES) piece[at] = 0;
  return piece;
}

function bitsAt({ pieces }: NumberSet, place: number): Bits {
  const piece = pieces[Math.floor((place - 1) / BLOCKS_PER_PIECE)];
  if (piece === undefined) throw new Error(`no block ${place}`);
  const from = ((place - 1) % BLOCKS_PER_PIECE) * BLOCK_BYTES;
  return piece.subarray(from, from + BLOCK_BYTES);
}

export function addNumber(set: NumberSet, digits: number) {
  const { block, line } = placeOf(digits);
  addLine(bitsFor(set, block), line);
}

export function removeNumber(set: NumberSet, digits: number) {
  const { block, line } = placeOf(digits);
  const bits = bitsIn(set, block);
  if (bits) removeLine(bits, line);
}

/** Without an object for the block, for it is asked of millions of numbers. */
export function hasNumber({ areas, pieces }: NumberSet, digits: number): boolean {
  const block = Math.floor(digits / BLOCK_SIZE);
  const area = areaOf(block);
  const place = areas.get(area)?.[block - area * BLOCKS_PER_AREA] ?? 0;
  if (place === 0) return false;
  const line = digits - block * BLOCK_SIZE;
  const inPiece = ((place - 1) % BLOCKS_PER_PIECE) * BLOCK_BYTES;
  const byte = pieces[Math.floor((place - 1) / BLOCKS_PER_PIECE)]?.[inPiece + (line >> 3)] ?? 0;
  return ((byte >> (line & 7)) & 1) === 1;
}

/** The areas that hold a block, in order. */
export const areasIn = (set: NumberSet) => [...set.areas.keys()].toSorted((a, b) => a - b);

/** The blocks of an area, in order. */
export function* blocksIn(set: NumberSet, area: number): Generator<[block: number, bits: Bits]> {
  for (const [index, place] of set.areas.get(area)?.entries() ?? []) {
    if (place > 0) yield [area * BLOCKS_PER_AREA + index, bitsAt(set, place)];
  }
}

/** The numbers of all blocks, in order. */
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

/** Every number, in order. */
export function* numbersIn(set: NumberSet): Generator<number> {
  for (const area of areasIn(set)) {
    for (const [block, bits] of blocksIn(set, area)) {
      for (const line of linesIn(bits)) yield block * BLOCK_SIZE + line;
    }
  }
}

/**
 * All numbers of some blocks but those of a set: where a registry only names who is free to call, of
 * everybody else nothing is known, and what we cannot check refuses.
 */
export function allBut(free: NumberSet, blocks: Iterable<number>): NumberSet {
  const rest = emptySet();
  for (const block of blocks) {
    const bits = bitsFor(rest, block);
    const known = bitsIn(free, block);
    for (let index = 0; index < BLOCK_BYTES; index++) bits[index] = ~(known?.[index] ?? 0);
  }
  return rest;
}

export function countNumbers(set: NumberSet): number {
  let count = 0;
  for (const area of set.areas.keys()) {
    for (const [, bits] of blocksIn(set, area)) count += countLines(bits);
  }
  return count;
}

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
