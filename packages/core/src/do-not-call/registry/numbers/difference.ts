import {
  BLOCK_BYTES,
  type Bits,
  addLine,
  hasLine,
  countOnesInByte,
  countOnesInWord,
  removeLine,
} from "./blocks.ts";
import { type NumberSet, areasIn, findBits, blocksInArea } from "./number-set.ts";

/** The change of a block between two states. */
export type BlockChange = {
  /** Lines that were added or removed, in order. */
  lines: readonly number[];
  added: number;
  removed: number;
};

/** Compares two states of a block; a missing one counts as empty. Null if nothing changed. */
export function compareBlocks(
  before: Bits | undefined,
  after: Bits | undefined,
): BlockChange | null {
  const lines: number[] = [];
  let added = 0;
  for (let index = 0; index < BLOCK_BYTES; index++) {
    const is = after?.[index] ?? 0;
    const changed = (before?.[index] ?? 0) ^ is;
    if (changed === 0) continue;
    added += countOnesInByte(changed & is);
    for (let bit = 0; bit < 8; bit++) if ((changed >> bit) & 1) lines.push(index * 8 + bit);
  }
  return lines.length === 0 ? null : { lines, added, removed: lines.length - added };
}

/** Counts the lines that were added and removed. */
export function countChanges(before: Bits = emptyBits, after: Bits = emptyBits) {
  let [added, removed] = [0, 0];
  const [was, is] = [toWords(before), toWords(after)];
  for (let at = 0; at < BLOCK_BYTES; at += 2) {
    const [old, now] = [was.getUint16(at), is.getUint16(at)];
    if (old === now) continue;
    added += countOnesInWord(now & ~old);
    removed += countOnesInWord(old & ~now);
  }
  return { added, removed };
}

const emptyBits = new Uint8Array(BLOCK_BYTES);

const toWords = (bits: Bits) => new DataView(bits.buffer, bits.byteOffset, BLOCK_BYTES);

/** Yields what changed between two sets, block by block in order. */
export function* compareSets(
  before: NumberSet,
  after: NumberSet,
): Generator<BlockChange & { block: number }> {
  const areas = new Set([...areasIn(before), ...areasIn(after)]);
  for (const area of [...areas].toSorted(ascending)) {
    const blocks = new Set(
      [...blocksInArea(before, area), ...blocksInArea(after, area)].map(([at]) => at),
    );
    for (const block of [...blocks].toSorted(ascending)) {
      const change = compareBlocks(findBits(before, block), findBits(after, block));
      if (change) yield { block, ...change };
    }
  }
}

const ascending = (a: number, b: number) => a - b;

/** Flips the bits of lines, so that a listed number is no longer listed and the other way round. */
export function toggleLines(bits: Bits, lines: Iterable<number>) {
  for (const line of lines) {
    if (hasLine(bits, line)) removeLine(bits, line);
    else addLine(bits, line);
  }
}

/** Yields the lines from the bytes in which they are stored. */
export function* unpackLines(packed: Uint8Array): Generator<number> {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  for (let at = 0; at < packed.length; at += 2) yield view.getUint16(at);
}

/** Packs lines for storage: two bytes each, big-endian. The SQL function `registry_listed_in` reads them so too. */
export function packLines(lines: readonly number[]): Uint8Array<ArrayBuffer> {
  const packed = new DataView(new ArrayBuffer(lines.length * 2));
  for (const [index, line] of lines.entries()) packed.setUint16(index * 2, line);
  return new Uint8Array(packed.buffer);
}
