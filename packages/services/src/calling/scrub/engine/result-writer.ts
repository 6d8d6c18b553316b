import type { Rows } from "@ringfence/core/people/number-file";
import type { RowMachine } from "./row-machine.ts";
import { type Verdict, refuseInvalidNumber } from "@ringfence/core/calling/screening";

/** The columns that a result adds to its input. */
const resultColumns = ["verdict", "reasons", "callable_from", "screening_id"];

/** Returns names for the added columns that no column of the input has, even if the input is itself a result. */
export function resultColumnNames(names: readonly string[]): string[] {
  const taken = new Set(names.map((name) => name.trim().toLowerCase()));
  const free = (name: string): string => (taken.has(name) ? free(`ringfence_${name}`) : name);
  return resultColumns.map(free);
}

/**
 * Rows of a file, the verdict on each, the row ending for each verdict, and the number of the first row. `verdicts` has
 * indexes as the `Classifier` returns them (0: the row has no phone number), which are also those of the endings.
 */
export type ClassifiedRows = {
  rows: Rows;
  verdicts: Int32Array<ArrayBuffer>;
  endings: RowEndings;
  first: number;
};

/** Returns the arrays that belong to these rows alone; each has its own memory. */
export const listArrays = ({ rows, verdicts }: ClassifiedRows) => [
  ...Object.values(rows),
  verdicts,
];

/** Addresses of written rows in the memory of a row machine: the first row, the list of their ends, and the end. */
export type WrittenRows = { from: number; ends: number; until: number };

/** The most digits of a row number. */
const MOST_DIGITS = 16;

/**
 * Creates a writer that copies rows unchanged and appends the four added columns to each. A row with fewer than
 * `columns` columns is padded with empty ones, so that the added values stand below their names.
 */
export function createResultWriter(machine: RowMachine, delimiter: number, columns: number) {
  return ({ rows, verdicts, endings, first }: ClassifiedRows): WrittenRows => {
    const unknown = verdicts.findIndex((verdict) => verdict >= endings.until.length);
    if (unknown !== -1) throw new Error(`row ${first + unknown} has no verdict`);
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
    const until = machine.writeRows(...of, from, outEnds, delimiter, columns, number);
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

/** For each verdict, the bytes between a row's own columns and its row number: `bytes` up to each of `until`. */
type RowEndings = { bytes: Uint8Array; until: Int32Array };

/**
 * Creates the row endings, first for rows without a phone number, then for each verdict. They are copied millions of
 * times.
 */
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
