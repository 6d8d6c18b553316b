import {
  addLine,
  areaOf,
  type Bits,
  BLOCK_BYTES,
  BLOCKS_PER_AREA,
  countLines,
  linesIn,
  placeOf,
  removeLine,
  BLOCK_SIZE,
} from "./blocks.ts";
import { sharedBytes } from "../../platform/shared-memory.ts";

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

export function countNumbers(set: NumberSet): number {
  let count = 0;
  for (const area of set.areas.keys()) {
    for (const [, bits] of blocksIn(set, area)) count += countLines(bits);
  }
  return count;
}
