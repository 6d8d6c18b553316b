import {
  BLOCK_BYTES,
  type Bits,
  addLine,
  hasLine,
  onesIn,
  onesInWord,
  removeLine,
} from "./blocks.ts";
import { type NumberSet, areasIn, bitsIn, blocksIn } from "./number-set.ts";

/** What became of a block. */
export type BlockChange = {
  /** The lines that are new or gone, in order. */
  lines: readonly number[];
  added: number;
  removed: number;
};

/** What changed between two states of a block, a missing one being empty; null when nothing did. */
export function blockChange(before: Bits | undefined, after: Bits | undefined): BlockChange | null {
  const lines: number[] = [];
  let added = 0;
  for (let index = 0; index < BLOCK_BYTES; index++) {
    const is = after?.[index] ?? 0;
    const changed = (before?.[index] ?? 0) ^ is;
    if (changed === 0) continue;
    added += onesIn(changed & is);
    for (let bit = 0; bit < 8; bit++) if ((changed >> bit) & 1) lines.push(index * 8 + bit);
  }
  return lines.length === 0 ? null : { lines, added, removed: lines.length - added };
}

/** How many lines are new and gone. */
export function countChange(before: Bits = nothing, after: Bits = nothing) {
  let [added, removed] = [0, 0];
  const [was, is] = [wordsOf(before), wordsOf(after)];
  for (let at = 0; at < BLOCK_BYTES; at += 2) {
    const [old, now] = [was.getUint16(at), is.getUint16(at)];
    if (old === now) continue;
    added += onesInWord(now & ~old);
    removed += onesInWord(old & ~now);
  }
  return { added, removed };
}

const nothing = new Uint8Array(BLOCK_BYTES);

const wordsOf = (bits: Bits) => new DataView(bits.buffer, bits.byteOffset, BLOCK_BYTES);

/** What changed between two sets, block by block in order. */
export function* difference(
  before: NumberSet,
  after: NumberSet,
): Generator<BlockChange & { block: number }> {
  const areas = new Set([...areasIn(before), ...areasIn(after)]);
  for (const area of [...areas].toSorted(byNumber)) {
    const blocks = new Set([...blocksIn(before, area), ...blocksIn(after, area)].map(([at]) => at));
    for (const block of [...blocks].toSorted(byNumber)) {
      const change = blockChange(bitsIn(before, block), bitsIn(after, block));
      if (change) yield { block, ...change };
    }
  }
}

const byNumber = (a: number, b: number) => a - b;

/** Turns the bits of lines: what was listed is not, and the other way round. */
export function turnLines(bits: Bits, lines: Iterable<number>) {
  for (const line of lines) {
    if (hasLine(bits, line)) removeLine(bits, line);
    else addLine(bits, line);
  }
}

/** Lines out of the form in which they are kept. */
export function* unpackLines(packed: Uint8Array): Generator<number> {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  for (let at = 0; at < packed.length; at += 2) yield view.getUint16(at);
}

/** Lines as they are kept: two bytes each, big-endian. */
export function packLines(lines: readonly number[]): Uint8Array<ArrayBuffer> {
  const packed = new DataView(new ArrayBuffer(lines.length * 2));
  for (const [index, line] of lines.entries()) packed.setUint16(index * 2, line);
  return new Uint8Array(packed.buffer);
}
