import fc from "fast-check";
import { expect, it } from "vitest";
import {
  aUsNumber,
  toBytes,
  csv,
  cutAnywhere,
  toComparable,
  readFiles,
} from "../../../../testing/registry-files.ts";

const mapping = csv();
const read = (bytes: Uint8Array) => toComparable(readFiles(mapping, { "list.csv": [bytes] }));

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const aNote = fc
  .string({ unit: fc.constantFrom("a", ";", '"', "\n", "\r", " ", "é", ","), maxLength: 6 })
  .map(quoted);
const aRow = fc.record({ phone: aUsNumber, note: aNote, isQuoted: fc.boolean() });
const aTable = fc.record({
  rows: fc.array(aRow, { minLength: 1, maxLength: 20 }),
  lineEnd: fc.constantFrom("\n", "\r\n"),
  mark: fc.constantFrom("", "\uFEFF"),
});

const formatTable = ({
  rows,
  lineEnd,
  mark,
}: typeof aTable extends fc.Arbitrary<infer T> ? T : never) =>
  mark +
  [
    ...rows.map(({ phone, note, isQuoted }) => `${isQuoted ? quoted(phone) : phone};${note}`),
    "",
  ].join(lineEnd);

it("lists exactly the numbers of the column, whatever is next to them", () => {
  fc.assert(
    fc.property(aTable, (table) => {
      const phones = new Set(table.rows.map(({ phone }) => Number(`1${phone}`)));
      expect(read(toBytes(formatTable(table)))).toMatchObject({
        added: [...phones].toSorted((a, b) => a - b),
        lines: table.rows.length,
      });
    }),
  );
});

it("reads rows in any order, and repeated ones once", () => {
  const aMixedTable = aTable.chain((table) => {
    const twice = [...table.rows, ...table.rows];
    const rows = fc.shuffledSubarray(twice, { minLength: twice.length });
    return fc.tuple(fc.constant(table), rows);
  });
  fc.assert(
    fc.property(aMixedTable, ([table, rows]) => {
      const lines = table.rows.length * 2;
      expect(read(toBytes(formatTable({ ...table, rows })))).toEqual({
        ...read(toBytes(formatTable(table))),
        lines,
      });
    }),
  );
});

it("reads the same however the bytes are split", () => {
  const aCutTable = aTable.chain((table) =>
    fc.tuple(fc.constant(toBytes(formatTable(table))), cutAnywhere(toBytes(formatTable(table)))),
  );
  fc.assert(
    fc.property(aCutTable, ([bytes, pieces]) => {
      expect(toComparable(readFiles(mapping, { "list.csv": pieces }))).toEqual(read(bytes));
    }),
  );
});

it("reads the same byte by byte, with a header too", () => {
  fc.assert(
    fc.property(aTable, fc.boolean(), (table, hasHeader) => {
      const mapping = csv({ hasHeader });
      const bytes = toBytes(formatTable(table));
      const pieces = Array.from(bytes, (byte) => Uint8Array.of(byte));
      const atOnce = toComparable(readFiles(mapping, { "list.csv": [bytes] }));
      expect(toComparable(readFiles(mapping, { "list.csv": pieces }))).toEqual(atOnce);
    }),
  );
});

it("notices that a list of equally long numbers ends within a line", () => {
  // Cut by two digits these are numbers still, of somebody else.
  const aCutList = fc
    .array(aUsNumber, { minLength: 2, maxLength: 20 })
    .map((numbers) => `${numbers.map((ten) => `+44${ten}`).join("\n")}\n`)
    .chain((text) => fc.tuple(fc.constant(text), fc.integer({ min: 14, max: text.length })));
  fc.assert(
    fc.property(aCutList, ([text, length]) => {
      const { outcome } = readFiles(csv(), { "list.csv": [toBytes(text.slice(0, length))] });
      expect(outcome).toBe(length % 14 === 0 || length % 14 === 13 ? "read" : "refused");
    }),
  );
});

it("rejects UTF-16", () => {
  fc.assert(
    fc.property(aTable, fc.boolean(), (table, isMarked) => {
      const text = formatTable(table).replace("\uFEFF", "");
      const utf16 = Buffer.from(isMarked ? `\uFEFF${text}` : text, "utf16le");
      expect(read(utf16)).toHaveProperty("refused");
    }),
  );
});

it("never crashes, and never accepts garbage as a list", () => {
  const garbage = fc.uint8Array({ minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(garbage, (bytes) => {
      expect(read(bytes)).toHaveProperty("refused");
    }),
  );
});
