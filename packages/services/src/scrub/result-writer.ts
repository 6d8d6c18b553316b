import type { RowBatch } from "@ringfence/core/scrub";
import type { Verdict } from "@ringfence/core/screening";

/** The columns that a result has more than its input. */
const resultColumns = ["verdict", "reasons", "callable_from", "screening_id"];

/** The same, under names that no column of the input has, even where that is a result itself. */
export function columnsBeside(names: readonly string[]): string[] {
  const taken = new Set(names.map((name) => name.trim().toLowerCase()));
  const free = (name: string): string => (taken.has(name) ? free(`ringfence_${name}`) : name);
  return resultColumns.map(free);
}

/** Rows of a result, and where each of them ends. What is written next stands in the same place. */
export type WrittenRows = { bytes: Buffer; ends: Int32Array };

/** Rows of the input from `from` on; the first of them has the number `first` of the whole file. */
export type RowsToWrite = {
  bytes: Buffer;
  batch: RowBatch;
  from: number;
  first: number;
  /** Of the rows from `from` on. */
  classes: Int32Array;
};

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
  const ends = new Int32Array(16_384);
  let out = Buffer.alloc(0);
  let longest = 0;
  let measured = 0;

  /** `endings` only grows. */
  return (rows: RowsToWrite, endings: readonly Uint8Array[]): WrittenRows => {
    const { bytes, batch, from, first, classes } = rows;
    for (; measured < endings.length; measured++) {
      longest = Math.max(longest, endings[measured]?.length ?? 0);
    }
    const most = bytes.length + (batch.count - from) * (longest + columns + MOST_DIGITS);
    if (out.length < most) out = Buffer.alloc(most * 2);

    let at = 0;
    for (let row = from; row < batch.count; row++) {
      const [start, end, next] = [batch.start[row] ?? 0, batch.end[row] ?? 0, batch.next[row] ?? 0];
      at = copy(bytes, start, end, out, at);
      for (let missing = columns - (batch.columns[row] ?? 0); missing > 0; missing--) {
        out[at++] = delimiter;
      }
      const ending = endings[classes[row - from] ?? -1];
      if (ending === undefined) throw new Error(`row ${first + row - from} has no verdict`);
      at = copy(ending, 0, ending.length, out, at);
      at = writeDecimal(out, at, first + row - from);
      at = copy(bytes, end, next, out, at);
      ends[row - from] = at;
    }
    return { bytes: out.subarray(0, at), ends: ends.subarray(0, batch.count - from) };
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
