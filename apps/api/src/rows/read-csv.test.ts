import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { callColumns, contactColumns, readCsv } from "./read-csv.ts";
import type { StreamRow } from "./read-ndjson.ts";

/** The rows of a file that comes in small pieces. */
async function read(file: string | Uint8Array, columns = callColumns) {
  const bytes = typeof file === "string" ? new TextEncoder().encode(file) : file;
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += 11) yield bytes.subarray(at, at + 11);
  }
  return (await Readable.from(readCsv(pieces(), columns)).toArray()).map(withoutLength);
}

const withoutLength = (row: StreamRow) => ("row" in row ? { line: row.line, row: row.row } : row);

it("recognizes columns in any spelling, and drops empty cells", async () => {
  const file = "External ID,phone,Purpose,campaign\r\n7, +12015550100 ,marketing,\r\n";
  expect(await read(file)).toEqual([
    { line: 2, row: { externalId: "7", phone: "+12015550100", purpose: "marketing" } },
  ]);
});

it("detects the delimiter and the encoding", async () => {
  const text = "телефон";
  const windows1251 = Uint8Array.from(text, (char) => char.charCodeAt(0) - 0x350);
  const file = Buffer.concat([
    Buffer.from('phone;outcome\n1;"a;b ""'),
    windows1251,
    Buffer.from('"""\n'),
  ]);
  expect(await read(file)).toEqual([{ line: 2, row: { phone: "1", outcome: `a;b "${text}"` } }]);
  expect(await read("\uFEFFphone\toutcome\n1\tбыл\n")).toEqual([
    { line: 2, row: { phone: "1", outcome: "был" } },
  ]);
});

it("numbers rows as a spreadsheet does, including blank and multi-line ones", async () => {
  expect(await read('phone,outcome\n1,"two\nlines"\n\n,\n2,x')).toEqual([
    { line: 2, row: { phone: "1", outcome: "two\nlines" } },
    { line: 5, row: { phone: "2", outcome: "x" } },
  ]);
});

it("reads a contact with any number of phones and attributes", async () => {
  const file = "name,phones,phone,attributes.City\nAda,+1 201; +1 202,+1 203,Omsk\nBo,,,\n";
  expect(await read(file, contactColumns)).toEqual([
    {
      line: 2,
      row: { name: "Ada", phones: ["+1 201", "+1 202", "+1 203"], attributes: { City: "Omsk" } },
    },
    { line: 3, row: { name: "Bo", phones: [], attributes: {} } },
  ]);
});

it("names an unknown column before any row", async () => {
  await expect(read("phone,colour\n1,red\n")).rejects.toMatchObject({
    code: "invalid-request",
    explanation: { key: "error.column-unknown", values: { column: "colour" } },
  });
});

it("rejects UTF-16, and reads columns separated by bars and rows separated by carriage returns", async () => {
  const explanation = { key: "error.scrub-not-text" };
  const utf16 = Buffer.from("\uFEFFphone,outcome\n1,x\n", "utf16le");
  await expect(read(utf16)).rejects.toMatchObject({ code: "invalid-request", explanation });
  expect(await read("phone|outcome\r1|x\r")).toEqual([
    { line: 2, row: { phone: "1", outcome: "x" } },
  ]);
});

it("rejects a row with cells beyond the header, and reads the other rows", async () => {
  expect(await read("phone\n1\n2,3\n4,\n")).toEqual([
    { line: 2, row: { phone: "1" } },
    { line: 3, fault: { key: "error.cells-many", values: { columns: 1 } } },
    { line: 4, row: { phone: "4" } },
  ]);
});

it("says where a file stops being CSV, and keeps the rows before", async () => {
  expect(await read('phone\n1\n"2\n3\n')).toEqual([
    { line: 2, row: { phone: "1" } },
    { line: 3, fault: { key: "error.csv-broken" } },
  ]);
});

it("finds no rows in an empty file or a header alone", async () => {
  expect(await read("")).toEqual([]);
  expect(await read("phone\n")).toEqual([]);
});
