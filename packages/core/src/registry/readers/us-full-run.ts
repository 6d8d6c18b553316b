import { areaOf, type Bits } from "../blocks.ts";
import { bitsFor, type NumberSet } from "../number-set.ts";

/** `818,5550100` and a line feed. */
const LINE_BYTES = 12;
const LINE_FEED = 0x0a;

/** Where the last line was: files are sorted, so that the next one mostly falls into the same block. */
export type Cursor = { areaText: number; exchangeText: number; bits: Bits | null };

export const startOfFile = (): Cursor => ({ areaText: 0, exchangeText: 0, bits: null });

/**
 * Adds the numbers of well-formed lines from `from` on, and stops before the first that is anything
 * else, of another area than `onlyArea`, or cut off. Returns where it stopped.
 *
 * A line is read as three words of four bytes: `818,`, `5550` and `100⏎`.
 */
export function readFullRun(
  set: NumberSet,
  cursor: Cursor,
  bytes: Uint8Array,
  from: number,
  onlyArea: number | null,
): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const last = bytes.byteLength - LINE_BYTES;
  let { areaText, exchangeText, bits } = cursor;
  let at = from;
  for (; at <= last; at += LINE_BYTES) {
    const area = view.getInt32(at);
    const middle = view.getInt32(at + 4);
    const end = view.getInt32(at + 8);
    if (area !== areaText || middle >> 8 !== exchangeText || bits === null) {
      const block = blockOf(area, middle >> 8);
      if (block === null || (onlyArea !== null && areaOf(block) !== onlyArea)) break;
      bits = bitsFor(set, block);
      areaText = area;
      exchangeText = middle >> 8;
    }
    const digits = (((middle & 0xff) << 24) | (end >>> 8)) ^ 0x30303030;
    if ((end & 0xff) !== LINE_FEED || !areDigits(digits)) break;
    const line =
      (digits >>> 24) * 1_000 +
      ((digits >>> 16) & 0xf) * 100 +
      ((digits >>> 8) & 0xf) * 10 +
      (digits & 0xf);
    bits[line >> 3] = (bits[line >> 3] ?? 0) | (1 << (line & 7));
  }
  Object.assign(cursor, { areaText, exchangeText, bits });
  return at;
}

/** The block of `818,` and `555`; null when that is not what they say. */
function blockOf(areaText: number, exchangeText: number): number | null {
  const area = (areaText >>> 8) ^ 0x303030;
  const exchange = exchangeText ^ 0x303030;
  if ((areaText & 0xff) !== 0x2c || area >>> 16 < 2) return null;
  if (!areDigits(area) || !areDigits(exchange)) return null;
  return 1_000_000 + numberOf(area) * 1_000 + numberOf(exchange);
}

const numberOf = (digits: number) =>
  (digits >>> 16) * 100 + ((digits >>> 8) & 0xf) * 10 + (digits & 0xf);

/** Whether each of four bytes is 0 to 9: adding 6 to more than 9 sets one of the upper four bits. */
const areDigits = (word: number) => ((word | (word + 0x06060606)) & 0xf0f0f0f0) === 0;
