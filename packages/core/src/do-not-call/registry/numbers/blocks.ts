/*
 * Numbers as bits. A number is an integer: the digits of its E.164 form. 10,000 consecutive numbers are a
 * block, and each of them is a line of it. 1,000 blocks, ten million numbers, are an area: `1818` holds all of
 * +1 818.
 */

export const BLOCK_SIZE = 10_000;
export const BLOCK_BYTES = BLOCK_SIZE / 8;
export const BLOCKS_PER_AREA = 1_000;

/** The 1,250 bytes of a block. Line `n` is the bit `n & 7`, from the lowest, of the byte `n >> 3`. */
export type Bits = Uint8Array;

/** Finds the block of a number and the index of its bit there (its line), counted as PostgreSQL's `get_bit` does. */
export const locateNumber = (digits: number) => ({
  block: Math.floor(digits / BLOCK_SIZE),
  line: digits % BLOCK_SIZE,
});

/** Computes the area of a block: for +1, the calling code and the area code (`1818`). */
export const toArea = (block: number) => Math.floor(block / BLOCKS_PER_AREA);

export const hasLine = (bits: Bits, line: number) =>
  ((byteAt(bits, line >> 3) >> (line & 7)) & 1) === 1;

export function addLine(bits: Bits, line: number) {
  bits[line >> 3] = byteAt(bits, line >> 3) | (1 << (line & 7));
}

export function removeLine(bits: Bits, line: number) {
  bits[line >> 3] = byteAt(bits, line >> 3) & ~(1 << (line & 7));
}

/** Yields the lines that are set in a block, in order. */
export function* linesIn(bits: Bits): Generator<number> {
  for (let line = 0; line < BLOCK_SIZE; line++) if (hasLine(bits, line)) yield line;
}

/** Counts the lines that are set in a block. */
export function countLines(bits: Bits): number {
  const view = new DataView(bits.buffer, bits.byteOffset, BLOCK_BYTES);
  let count = countOnesInWord(view.getUint16(WORDS_END));
  for (let at = 0; at < WORDS_END; at += 4) count += countOnesInWord(view.getInt32(at));
  return count;
}

const WORDS_END = BLOCK_BYTES - 2;

/** Counts the bits of a 32-bit word that are set: it sums pairs of bits, then groups of four, then the four bytes. */
export function countOnesInWord(word: number): number {
  const twos = word - ((word >>> 1) & 0x55555555);
  const fours = (twos & 0x33333333) + ((twos >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

export function isEmpty(bits: Bits): boolean {
  for (let index = 0; index < BLOCK_BYTES; index++) if (bits[index] !== 0) return false;
  return true;
}

const onesPerByte = Uint8Array.from({ length: 256 }, (_, byte) => {
  let count = 0;
  for (let rest = byte; rest > 0; rest &= rest - 1) count++;
  return count;
});

/** Counts the bits of a byte that are set. */
export const countOnesInByte = (byte: number) => onesPerByte[byte] ?? 0;

const byteAt = (bits: Bits, index: number) => bits[index] ?? 0;
