import {
  addLine,
  areaOf,
  type Bits,
  BLOCK_BYTES,
  BLOCKS_PER_AREA,
  countLines,
  hasLine,
  linesIn,
  placeOf,
  removeLine,
  BLOCK_SIZE,
} from "./blocks.ts";

/**
 * A set of numbers that grows: a bitmap for each block that holds one, found through a directory of
 * its area. A registry of a hundred million takes 235 MB, one of two hundred and fifty no more.
 */
export type NumberSet = {
  readonly areas: Map<number, (Bits | undefined)[]>;
  /** Room for the next blocks. */
  room: Uint8Array<ArrayBuffer>;
  used: number;
  blocks: number;
};

export const emptySet = (): NumberSet => ({
  areas: new Map(),
  room: new Uint8Array(0),
  used: 0,
  blocks: 0,
});

export const bitsIn = (set: NumberSet, block: number): Bits | undefined =>
  set.areas.get(areaOf(block))?.[block % BLOCKS_PER_AREA];

/** The bits of a block, to be written to; they are made where there are none. */
export function bitsFor(set: NumberSet, block: number): Bits {
  const area = areaOf(block);
  const directory = set.areas.get(area) ?? Array<Bits | undefined>(BLOCKS_PER_AREA).fill(undefined);
  set.areas.set(area, directory);
  return (directory[block % BLOCKS_PER_AREA] ??= newBits(set));
}

/** Blocks are cut from larger pieces: two hundred thousand buffers of their own would be slow. */
function newBits(set: NumberSet): Bits {
  if (set.used === set.room.length) {
    const blocks = Math.min(1_000, Math.max(4, set.blocks));
    set.room = new Uint8Array(blocks * BLOCK_BYTES);
    set.used = 0;
  }
  set.blocks++;
  set.used += BLOCK_BYTES;
  return set.room.subarray(set.used - BLOCK_BYTES, set.used);
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

export function hasNumber(set: NumberSet, digits: number): boolean {
  const { block, line } = placeOf(digits);
  const bits = bitsIn(set, block);
  return bits !== undefined && hasLine(bits, line);
}

/** The areas that hold a block, in order. */
export const areasIn = (set: NumberSet) => [...set.areas.keys()].toSorted((a, b) => a - b);

/** The blocks of an area, in order. */
export function* blocksIn(set: NumberSet, area: number): Generator<[block: number, bits: Bits]> {
  for (const [index, bits] of set.areas.get(area)?.entries() ?? []) {
    if (bits) yield [area * BLOCKS_PER_AREA + index, bits];
  }
}

/** The numbers of all blocks, in order. */
export const blockNumbersIn = (set: NumberSet): number[] =>
  areasIn(set).flatMap((area) => Array.from(blocksIn(set, area), ([block]) => block));

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
  for (const area of set.areas.values()) {
    for (const bits of area) if (bits) count += countLines(bits);
  }
  return count;
}
