import type { Rows } from "@ringfence/core/people/number-file";
import type { RowMachine } from "./kernels/row-machine.ts";
import { type Verdict, refuseInvalidNumber } from "@ringfence/core/calling/screening";

/** The columns that a result has more than its input. */
const resultColumns = ["verdict", "reasons", "callable_from", "screening_id"];

/** The same, under names that no column of the input has, even where that is a result itself. */
export function resultColumnNames(names: readonly string[]): string[] {
  const taken = new Set(names.map((name) => name.trim().toLowerCase()));
  const free = (name: string): string => (taken.has(name) ? free(`ringfence_${name}`) : name);
  return resultColumns.map(free);
}

/** Rows of a file, the verdict on each, what is told of each verdict, and the number of the first row. */
export type ClassifiedRows = {
  rows: Rows;
  verdicts: Int32Array<ArrayBuffer>;
  endings: RowEndings;
  first: number;
};

/** What of them is of these rows alone: each array has its own memory. */
export const listArrays = ({ rows, verdicts }: ClassifiedRows) => [
  ...Object.values(rows),
  verdicts,
];

/** Rows of a result where a machine wrote them: the place of the first, where each ends, and the last. */
export type WrittenRows = { from: number; ends: number; until: number };

/** Of the number of a row. */
const MOST_DIGITS = 16;

/**
 * Writes rows as they came, and behind each the four columns more: the bytes of every input column are
 * kept. A row of less than `columns` is filled up with empty ones, so that all stand below their names.
 */
export function createResultWriter(machine: RowMachine, delimiter: number, columns: number) {
  return ({ rows, verdicts, endings, first }: ClassifiedRows): WrittenRows => {
    const hasNone = verdicts.findIndex((verdict) => verdict >= endings.until.length);
    if (hasNone !== -1) throw new Error(`row ${first + hasNone} has no verdict`);
    const count = verdicts.length;
    const bytes = machine.putBytes(rows.bytes);
    const [ends, nexts] = [machine.putInts(rows.end), machine.putInts(rows.next)];
    const [written, judged] = [machine.putInts(rows.columns), machine.putInts(verdicts)];
    const [tails, tailEnds] = [
      machine.putBytes(endings.bytes),
      machine.putInts([0, ...endings.until]),
    ];
    const number = machine.putNumber(first);
    const outEnds = machine.room(count * 4);
    const from = machine.room(
      rows.bytes.length + count * (longestEnding(endings) + columns + MOST_DIGITS),
    );
    const of = [count, bytes, ends, nexts, written, judged, tails, tailEnds];
    const until = machine.write(...of, from, outEnds, delimiter, columns, number);
    return { from, ends: outEnds, until };
  };
}

function longestEnding({ until }: RowEndings): number {
  let longest = 0;
  for (let at = 0; at < until.length; at++) {
    longest = Math.max(longest, (until[at] ?? 0) - (until[at - 1] ?? 0));
  }
  return longest;
}

/** By verdict, what stands between a row's own columns and its number: `bytes` up to each of `until`. */
type RowEndings = { bytes: Uint8Array; until: Int32Array };

/** Of rows without a number, and of those of each verdict: made once, copied a million times. */
export function createRowEndings(
  verdicts: readonly Verdict[],
  scrubId: string,
  delimiter: number,
): RowEndings {
  const between = String.fromCharCode(delimiter);
  const invalid = refuseInvalidNumber({ key: "refusal.number-invalid" });
  const endings = [invalid, ...verdicts].map(({ verdict, refusals, callableFrom }) => {
    const reasons = [...new Set(refusals.map(({ reason }) => reason))].join(" ");
    const columns = ["", verdict, reasons, callableFrom?.toISOString() ?? "", `${scrubId}.`];
    return Buffer.from(columns.join(between));
  });
  let end = 0;
  const until = Int32Array.from(endings, ({ length }) => (end += length));
  return { bytes: new Uint8Array(Buffer.concat(endings)), until };
}
