// Hashing is deterministic: it makes no result depend on when or where it runs.
// oxlint-disable-next-line house/no-ambient-input
import { createHash } from "node:crypto";
import type { RowBatch } from "@ringfence/core/scrub";
import { joined } from "./joined.ts";
import type { PlannedFile } from "./plan-file.ts";
import { columnsBeside, makeResultWriter } from "./result-writer.ts";
import { makeRowHasher } from "./row-hasher.ts";
import { makeRowReader, type NumberedRows } from "./row-reader.ts";

export type PlannedWork = {
  plan: PlannedFile;
  /** What is written behind a row without a number. */
  invalidEnding: Uint8Array;
};

/** SHA-256 of the file as it came and of the result; the Merkle root over the rows of the result. */
export type Hashes = { input: Uint8Array; result: Uint8Array; root: Uint8Array };

/** What is done to a file apart from the screening: its numbers are found, its result written, both hashed. */
export function makeFileWork({ plan, invalidEnding }: PlannedWork) {
  const [input, result, rowHasher] = [createHash("sha256"), createHash("sha256"), makeRowHasher()];
  const reader = makeRowReader(plan);
  const write = makeResultWriter(plan.dialect.delimiter, plan.columns);
  const endings = [invalidEnding];
  /** Read, and not judged yet. */
  const waiting: (NumberedRows & { from: number })[] = [];
  let isHeader = plan.hasHeader;
  let rowsWritten = 0;

  function* numbersOf(batches: Iterable<NumberedRows>) {
    for (const rows of batches) {
      const from = isHeader ? 1 : 0;
      isHeader = false;
      waiting.push({ ...rows, from });
      const heldBytes = bytesOf(rows.batch) + rows.batch.count * BYTES_PER_ROW;
      yield { numbers: rows.digits.slice(from), heldBytes };
    }
  }

  return {
    /** The numbers of rows that end within these bytes; 0 where a row has none. */
    read(content: Uint8Array) {
      input.update(content);
      return numbersOf(reader.read(content));
    },
    end: () => numbersOf(reader.end()),

    /**
     * Writes the rows whose numbers were given first and not written yet. `classes` are theirs, from 1 on,
     * 0 for a row without a number; `newEndings` those of classes that were not met before.
     */
    write(classes: Int32Array, newEndings: readonly Uint8Array[]) {
      const next = waiting.shift();
      if (next === undefined) throw new Error("more verdicts than rows");
      const { bytes, batch, from } = next;
      endings.push(...newEndings);
      const rows = write({ bytes, batch, from, first: rowsWritten + 1, classes }, endings);
      rowsWritten += batch.count - from;

      let start = 0;
      for (const end of rows.ends) {
        rowHasher.addRow(rows.bytes, start, end);
        start = end;
      }
      const written = joined(from === 0 ? [rows.bytes] : [...headerOf(next, plan), rows.bytes]);
      result.update(written);
      return { written, bytes: bytesOf(batch) };
    },

    hashes(): Hashes {
      return { input: input.digest(), result: result.digest(), root: rowHasher.root() };
    },
  };
}

/** A row's places in the bytes, and its number. */
const BYTES_PER_ROW = 6 * 4 + 8;

/** Of the file; rows lie one behind the other. */
const bytesOf = ({ start, next, count }: RowBatch) => (next[count - 1] ?? 0) - (start[0] ?? 0);

/** The header as it came, mark of the byte order included, and the names of the four columns more. */
function headerOf({ bytes, batch }: NumberedRows, { dialect, names }: PlannedFile): Uint8Array[] {
  const [start, end, next] = [batch.start[0] ?? 0, batch.end[0] ?? 0, batch.next[0] ?? 0];
  const between = String.fromCharCode(dialect.delimiter);
  const more = Buffer.from(["", ...columnsBeside(names)].join(between));
  return [bytes.subarray(start, end), more, bytes.subarray(end, next)];
}
