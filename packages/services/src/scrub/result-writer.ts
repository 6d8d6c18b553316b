import type { Rows } from "@ringfence/core/scrub";
import type { Endings } from "./endings-of.ts";

/** The columns that a result has more than its input. */
const resultColumns = ["verdict", "reasons", "callable_from", "screening_id"];

/** The same, under names that no column of the input has, even where that is a result itself. */
export function columnsBeside(names: readonly string[]): string[] {
  const taken = new Set(names.map((name) => name.trim().toLowerCase()));
  const free = (name: string): string => (taken.has(name) ? free(`ringfence_${name}`) : name);
  return resultColumns.map(free);
}

/** Rows of a file, the verdict on each, what is told of each verdict, and the number of the first row. */
export type JudgedRows = {
  rows: Rows;
  verdicts: Int32Array<ArrayBuffer>;
  endings: Endings;
  first: number;
};

/** Rows of a result: they begin at 1, behind a byte that is nobody's; and where each of them ends. */
export type WrittenRows = { bytes: Buffer<ArrayBuffer>; ends: Int32Array };

/** Of the number of a row. */
const MOST_DIGITS = 16;

/**
 * Writes rows as they came, and behind each the four columns more: the bytes of every input column are
 * kept. A row of less than `columns` is filled up with empty ones, so that all stand below their names.
 */
export function makeResultWriter(delimiter: number, columns: number) {
  const spare: ArrayBuffer[] = [];
  const memoryOf = (bytes: number) => {
    const known = spare.pop();
    return known !== undefined && known.byteLength >= bytes ? known : new ArrayBuffer(bytes);
  };

  return {
    write({ rows, verdicts, endings, first }: JudgedRows): WrittenRows {
      const { bytes } = rows;
      const most = bytes.length + verdicts.length * (longestOf(endings) + columns + MOST_DIGITS);
      const out = Buffer.from(memoryOf(1 + most));
      const ends = new Int32Array(verdicts.length);

      let at = 1;
      let start = 0;
      for (let row = 0; row < verdicts.length; row++) {
        const [end, next] = [rows.end[row] ?? 0, rows.next[row] ?? 0];
        at = copy(bytes, start, end, out, at);
        for (let missing = columns - (rows.columns[row] ?? 0); missing > 0; missing--) {
          out[at++] = delimiter;
        }
        const verdict = verdicts[row] ?? 0;
        const until = endings.until[verdict];
        if (until === undefined) throw new Error(`row ${first + row} has no verdict`);
        at = copy(endings.bytes, endings.until[verdict - 1] ?? 0, until, out, at);
        at = writeDecimal(out, at, first + row);
        at = copy(bytes, end, next, out, at);
        ends[row] = at;
        start = next;
      }
      return { bytes: out.subarray(0, at), ends };
    },

    /** Memory of rows that were written, and that nobody needs any more. */
    giveBack: (memory: ArrayBuffer) => void spare.push(memory),
  };
}

function longestOf({ until }: Endings): number {
  let longest = 0;
  for (let at = 0; at < until.length; at++) {
    longest = Math.max(longest, (until[at] ?? 0) - (until[at - 1] ?? 0));
  }
  return longest;
}

/** Of rows, byte by byte is faster than a call for each. Gives the place behind what was copied. */
function copy(bytes: Uint8Array, from: number, until: number, out: Buffer, to: number): number {
  let at = to;
  for (let place = from; place < until; place++) out[at++] = bytes[place] ?? 0;
  return at;
}

/** A positive integer in decimal digits; gives the place behind it. */
function writeDecimal(out: Buffer, at: number, number: number): number {
  let digits = 1;
  for (let limit = 10; number >= limit; limit *= 10) digits++;
  let rest = number;
  for (let place = at + digits - 1; place >= at; place--) {
    const above = Math.floor(rest / 10);
    out[place] = 48 + rest - above * 10;
    rest = above;
  }
  return at + digits;
}
