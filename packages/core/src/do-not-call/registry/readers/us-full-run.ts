import { areaOf, type Bits } from "../blocks.ts";
import { bitsFor, type NumberSet } from "../number-set.ts";

/** `818,5550100` and a line feed. */
const LINE_BYTES = 12;
/** `000`, and `000⏎`, with the first byte the lowest, as in all words here. */
const DIGITS = 0x303030;
const LAST_DIGITS = 0x0a303030;
const COMMA = 0x2c;

/** What no three bytes say. */
const NOWHERE = -1;

/** Where the last line was: files are sorted, so that the next one mostly falls into the same block. */
export type Cursor = { areaText: number; exchangeText: number; bits: Bits };

export const startOfFile = (): Cursor => ({
  areaText: 0,
  exchangeText: NOWHERE,
  bits: new Uint8Array(),
});

/**
 * Adds the numbers of well-formed lines from `from` on, and stops before the first that is anything
 * else, of another area than `onlyArea`, or cut off. Returns where it stopped.
 *
 * A line is read as three words of four bytes, the first byte the lowest: `818,`, `5550` and `100⏎`.
 */
export function readFullRun(
  set: NumberSet,
  cursor: Cursor,
  bytes: Uint8Array,
  from: number,
  onlyArea: number | null,
): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = from;
  while (at <= view.byteLength - LINE_BYTES) {
    const areaText = view.getInt32(at, true);
    const exchangeText = view.getInt32(at + 4, true) & 0xffffff;
    if (areaText !== cursor.areaText || exchangeText !== cursor.exchangeText) {
      const block = blockOf(areaText, exchangeText);
      if (block === null || (onlyArea !== null && areaOf(block) !== onlyArea)) break;
      Object.assign(cursor, { areaText, exchangeText, bits: bitsFor(set, block) });
    }
    const stopped = readBlock(cursor, view, at);
    if (stopped === at) break;
    at = stopped;
  }
  return at;
}

/** Adds lines as long as they are well-formed and of the same block. Returns where that ended. */
function readBlock({ areaText, exchangeText, bits }: Cursor, view: DataView, from: number): number {
  const last = view.byteLength - LINE_BYTES;
  let at = from;
  for (; at <= last; at += LINE_BYTES) {
    const middle = view.getInt32(at + 4, true);
    const elsewhere = (view.getInt32(at, true) ^ areaText) | ((middle ^ exchangeText) & 0xffffff);
    const thousands = (middle >>> 24) ^ 0x30;
    const rest = view.getInt32(at + 8, true) ^ LAST_DIGITS;
    if (elsewhere !== 0 || thousands > 9 || !areDigits(rest)) break;
    const line = thousands * 1_000 + (rest & 0xf) * 100 + ((rest >>> 8) & 0xf) * 10 + (rest >>> 16);
    bits[line >> 3] = (bits[line >> 3] ?? 0) | (1 << (line & 7));
  }
  return at;
}

/** The block of `818,` and `555`; null when that is not what they say. */
function blockOf(areaText: number, exchangeText: number): number | null {
  const [area, exchange] = [(areaText & 0xffffff) ^ DIGITS, exchangeText ^ DIGITS];
  if (areaText >>> 24 !== COMMA || !areDigits(area) || !areDigits(exchange)) return null;
  // No area code of the North American plan begins with 0 or 1.
  if ((area & 0xf) < 2) return null;
  return 1_000_000 + numberOf(area) * 1_000 + numberOf(exchange);
}

const numberOf = (digits: number) =>
  (digits & 0xf) * 100 + ((digits >>> 8) & 0xf) * 10 + (digits >>> 16);

/** Whether each of three bytes is 0 to 9: adding 6 to more than 9 sets one of the upper four bits. */
const areDigits = (word: number) => ((word | (word + 0x060606)) & 0xfff0f0f0) === 0;
