// A number is an integer: the digits of its E.164 form. 10,000 consecutive numbers are a block, and
// 1,000 blocks, which are ten million numbers, an area: `1818` holds all of +1 818.

export const BLOCK_SIZE = 10_000;
export const BLOCK_BYTES = BLOCK_SIZE / 8;
export const BLOCKS_PER_AREA = 1_000;

/** The 1,250 bytes of a block. Line `n` is the bit `n & 7`, from the lowest, of the byte `n >> 3`. */
export type Bits = Uint8Array;

/** The block of a number, and the place of its bit there as PostgreSQL's `get_bit` counts. */
export const placeOf = (digits: number) => ({
  block: Math.floor(digits / BLOCK_SIZE),
  line: digits % BLOCK_SIZE,
});

export const areaOf = (block: number) => Math.floor(block / BLOCKS_PER_AREA);

export const hasLine = (bits: Bits, line: number) =>
  ((at(bits, line >> 3) >> (line & 7)) & 1) === 1;

export function addLine(bits: Bits, line: number) {
  bits[line >> 3] = at(bits, line >> 3) | (1 << (line & 7));
}

export function removeLine(bits: Bits, line: number) {
  bits[line >> 3] = at(bits, line >> 3) & ~(1 << (line & 7));
}

/** The lines that are in a block, in order. */
export function* linesIn(bits: Bits): Generator<number> {
  for (let line = 0; line < BLOCK_SIZE; line++) if (hasLine(bits, line)) yield line;
}

export function countLines(bits: Bits): number {
  let count = 0;
  for (let index = 0; index < BLOCK_BYTES; index++) count += onesIn(at(bits, index));
  return count;
}

export const isEmpty = (bits: Bits) => bits.every((byte) => byte === 0);

const ones = Uint8Array.from({ length: 256 }, (_, byte) => {
  let count = 0;
  for (let rest = byte; rest > 0; rest &= rest - 1) count++;
  return count;
});

/** How many bits of a byte are set. */
export const onesIn = (byte: number) => ones[byte] ?? 0;

const at = (bits: Bits, index: number) => bits[index] ?? 0;
