import type { Rows } from "@ringfence/core/scrub";
import type { Verdict } from "@ringfence/core/screening";

/** The columns that a result has more than its input. */
const resultColumns = ["verdict", "reasons", "callable_from", "screening_id"];

/** The same, under names that no column of the input has, even where that is a result itself. */
export function columnsBeside(names: readonly string[]): string[] {
  const taken = new Set(names.map((name) => name.trim().toLowerCase()));
  const free = (name: string): string => (taken.has(name) ? free(`ringfence_${name}`) : name);
  return resultColumns.map(free);
}

/** Rows of a result: they begin at 1, behind a byte that is nobody's; and where each of them ends. */
export type WrittenRows = { bytes: Buffer<ArrayBuffer>; ends: Int32Array };

/** Rows of the input, their classes, and the number of the first in the whole file. */
export type RowsToWrite = { rows: Rows; classes: Int32Array; first: number };

/** Of the number of a row. */
const MOST_DIGITS = 16;

/** By class, what stands between a row's own columns and its number: made once, copied a million times. */
export function endingsOf(verdicts: readonly Verdict[], scrubId: string, delimiter: number) {
  const between = String.fromCharCode(delimiter);
  return verdicts.map(({ verdict, refusals, callableFrom }) => {
    const reasons = [...new Set(refusals.map(({ reason }) => reason))].join(" ");
    const columns = ["", verdict, reasons, callableFrom?.toISOString() ?? "", `${scrubId}.`];
    return Buffer.from(columns.join(between));
  });
}

/**
 * Writes rows as they came, and behind each the four columns more: the bytes of every input column are
 * kept. A row of less than `columns` is filled up with empty ones, so that all stand below their names.
 */
export function makeResultWriter(delimiter: number, columns: number) {
  let longest = 0;
  let measured = 0;

  /** `endings` only grows. */
  return ({ rows, classes, first }: RowsToWrite, endings: readonly Uint8Array[]): WrittenRows => {
    const { bytes } = rows;
    for (; measured < endings.length; measured++) {
      longest = Math.max(longest, endings[measured]?.length ?? 0);
    }
    const most = bytes.length + classes.length * (longest + columns + MOST_DIGITS);
    const out = Buffer.from(new ArrayBuffer(1 + most));
    const ends = new Int32Array(classes.length);

    let at = 1;
    let start = 0;
    for (let row = 0; row < classes.length; row++) {
      const [end, next] = [rows.end[row] ?? 0, rows.next[row] ?? 0];
      at = copy(bytes, start, end, out, at);
      for (let missing = columns - (rows.columns[row] ?? 0); missing > 0; missing--) {
        out[at++] = delimiter;
      }
      const ending = endings[classes[row] ?? -1];
      if (ending === undefined) throw new Error(`row ${first + row} has no verdict`);
      at = copy(ending, 0, ending.length, out, at);
      at = writeDecimal(out, at, first + row);
      at = copy(bytes, end, next, out, at);
      ends[row] = at;
      start = next;
    }
    return { bytes: out.subarray(0, at), ends };
  };
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
