// Hashing is deterministic: it makes no result depend on when or where it runs.
// oxlint-disable-next-line house/no-ambient-input
import { createHash } from "node:crypto";
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
      yield rows.digits.slice(from);
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
    write(classes: Int32Array, newEndings: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
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
      return written;
    },

    hashes(): Hashes {
      return { input: input.digest(), result: result.digest(), root: rowHasher.root() };
    },
  };
}

/** The header as it came, mark of the byte order included, and the names of the four columns more. */
function headerOf({ bytes, batch }: NumberedRows, { dialect, names }: PlannedFile): Uint8Array[] {
  const [start, end, next] = [batch.start[0] ?? 0, batch.end[0] ?? 0, batch.next[0] ?? 0];
  const between = String.fromCharCode(dialect.delimiter);
  const more = Buffer.from(["", ...columnsBeside(names)].join(between));
  return [bytes.subarray(start, end), more, bytes.subarray(end, next)];
}

/** In memory of its own, so that it can be given to another thread. */
function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
