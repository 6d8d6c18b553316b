import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createRowBatch, readRows } from "./read-rows.ts";

const plain = fc.stringMatching(/^[a-z0-9 +.'()-]{0,6}$/);
const quoted = fc
  .stringMatching(/^[a-z0-9 ,;"\t\r\n]{0,8}$/)
  .map((text) => `"${text.replaceAll('"', '""')}"`);
const cell = fc.oneof(plain, plain, quoted);
const file = fc.record({
  delimiter: fc.constantFrom(",", ";", "\t"),
  lineEnd: fc.constantFrom("\n", "\r\n", "\r"),
  endsWithLineEnd: fc.boolean(),
  // The first cell is never empty, so that no row is a blank line, which csv-parse passes over.
  rows: fc.array(fc.tuple(fc.stringMatching(/^[a-z0-9]{1,4}$/), cell, cell), {
    minLength: 1,
    maxLength: 8,
  }),
});

type File = { delimiter: string; lineEnd: string; endsWithLineEnd: boolean; rows: string[][] };

const formatFile = ({ delimiter, lineEnd, endsWithLineEnd, rows }: File) =>
  rows.map((row) => row.join(delimiter)).join(lineEnd) + (endsWithLineEnd ? lineEnd : "");

/** Reads a text in pieces with `readRows`, in batches of `capacity` rows. */
function read(
  text: string,
  { delimiter, lineEnd }: File,
  column: number,
  piece: number,
  capacity: number,
) {
  const bytes = new TextEncoder().encode(text);
  const batch = createRowBatch(capacity);
  const [fields, rows]: [string[], string[]] = [[], []];
  const options = {
    delimiter: delimiter.charCodeAt(0),
    lineEnd: lineEnd.charCodeAt(lineEnd.length - 1),
    column,
  };
  let [from, to] = [0, 0];
  while (from < bytes.length) {
    to = Math.min(bytes.length, to + piece);
    from = readRows(bytes, from, to, { ...options, isLast: to === bytes.length }, batch);
    for (let row = 0; row < batch.count; row++) {
      const slice = (start = 0, end = 0) => new TextDecoder().decode(bytes.subarray(start, end));
      fields.push(slice(batch.fieldStart[row], batch.fieldEnd[row]).replaceAll('""', '"'));
      rows.push(slice(batch.start[row], batch.next[row]));
    }
  }
  return { fields, rows };
}

it("finds the rows and the fields that csv-parse finds, however the bytes come", () => {
  fc.assert(
    fc.property(
      file,
      fc.nat({ max: 2 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 3 }),
      (file, column, piece, capacity) => {
        const text = formatFile(file);
        const expected: string[][] = parse(text, {
          delimiter: file.delimiter,
          record_delimiter: file.lineEnd,
          relax_quotes: true,
        });
        const { fields, rows } = read(text, file, column, piece, capacity);
        expect(fields).toEqual(expected.map((row) => row[column]));
        expect(rows.join("")).toBe(text);
      },
    ),
    { numRuns: 2_000 },
  );
});

it.each(['a,"b', 'a,b\nc,"d\ne,f\n', '"'])("leaves what no quote closes: %j", (text) => {
  const bytes = new TextEncoder().encode(text);
  const batch = createRowBatch(9);
  const options = { delimiter: 44, lineEnd: 10, column: 0, isLast: true };
  const to = readRows(bytes, 0, bytes.length, options, batch);
  expect([batch.count, to]).toEqual(text.startsWith("a,b") ? [1, 4] : [0, 0]);
});
