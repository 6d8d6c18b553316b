import fc from "fast-check";
import { expect, it } from "vitest";
import { createResultWriter } from "./result-writer.ts";
import { createRowMachine } from "./row-machine.ts";

const machine = createRowMachine();
const columns = 3;
const someRow = fc.record({
  cells: fc.array(fc.stringMatching(/^[a-zя]{0,40}$/), { minLength: 1, maxLength: columns + 1 }),
  lineEnd: fc.constantFrom("\n", "\r\n", ""),
  verdict: fc.nat({ max: 2 }),
});
const tails = [";refuse;number-invalid;;id.", ";allow;;;id.", `;refuse;${"x".repeat(70)};;id.`];
/** Ends of texts that lie one after another. */
const listEnds = (texts: readonly string[]) => {
  let end = 0;
  return Int32Array.from(texts, (text) => (end += Buffer.byteLength(text)));
};
const endings = { bytes: new Uint8Array(Buffer.from(tails.join(""))), until: listEnds(tails) };
/** Arbitrary first row numbers, often around a number with one more digit. */
const someFirst = fc.oneof(
  fc.tuple(fc.integer({ min: 0, max: 12 }), fc.nat({ max: 40 })).map(([n, back]) => 10 ** n - back),
  fc.integer({ min: 1, max: 1e13 }),
);

it("writes each row with missing columns filled, its verdict and its number", () => {
  fc.assert(
    fc.property(fc.array(someRow, { maxLength: 60 }), someFirst, (rows, begin) => {
      machine.empty();
      const first = Math.max(1, begin);
      const texts = rows.map(({ cells }) => cells.join(";"));
      const lines = rows.map(({ lineEnd }, row) => texts[row] + lineEnd);
      const next = listEnds(lines);
      const made = createResultWriter(
        machine,
        59,
        columns,
      )({
        rows: {
          bytes: new Uint8Array(Buffer.from(lines.join(""))),
          end: next.map((end, row) => end - (rows[row]?.lineEnd.length ?? 0)),
          next,
          columns: Int32Array.from(rows, ({ cells }) => cells.length),
        },
        verdicts: Int32Array.from(rows, ({ verdict }) => verdict),
        endings,
        first,
      });
      const expected = rows.map(({ cells, lineEnd, verdict }, row) => {
        const missing = ";".repeat(Math.max(0, columns - cells.length));
        return `${texts[row]}${missing}${tails[verdict]}${first + row}${lineEnd}`;
      });
      const size = made.until - made.from;
      expect(machine.bytes(made.from, size).toString()).toBe(expected.join(""));
      const ends = Array.from(machine.ints(made.ends, rows.length), (end) => end - made.from);
      expect(ends).toEqual([...listEnds(expected)]);
    }),
  );
});

it("rejects a verdict without text", () => {
  const rows = {
    bytes: new Uint8Array(Buffer.from("a\nb\n")),
    end: Int32Array.of(1, 3),
    next: Int32Array.of(2, 4),
    columns: Int32Array.of(1, 1),
  };
  const write = createResultWriter(machine, 59, 1);
  const judged = { rows, verdicts: Int32Array.of(0, 3), endings, first: 7 };
  expect(() => write(judged)).toThrow("row 8 has no verdict");
});
