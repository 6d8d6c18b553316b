import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { MAX_LINE, type RowPart, type StreamRow, gatherParts, readNdjson } from "./read-ndjson.ts";

const withoutLength = (row: StreamRow) => ("row" in row ? { line: row.line, row: row.row } : row);

/** The rows of a text that comes in pieces of so many bytes. */
async function read(text: string, piece = 7) {
  const bytes = new TextEncoder().encode(text);
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
  }
  return (await Readable.from(readNdjson(pieces())).toArray()).map(withoutLength);
}

it.each([1, 3, 1_000])(
  "reads one value per line, however the bytes are split: %i at a time",
  async (piece) => {
    expect(await read('\uFEFF{"name":"Ада"}\r\n{"name":"Bo"}', piece)).toEqual([
      { line: 1, row: { name: "Ада" } },
      { line: 2, row: { name: "Bo" } },
    ]);
  },
);

it("says where a line breaks, and reads the other lines", async () => {
  expect(await read("1\n{call me}\n3\n")).toEqual([
    { line: 1, row: 1 },
    { line: 2, fault: { key: "error.line-not-json", values: { column: 2 } } },
    { line: 3, row: 3 },
  ]);
});

it("counts blank lines without reading them as rows", async () => {
  expect(await read("\n1\n \n\n2\n\n")).toEqual([
    { line: 2, row: 1 },
    { line: 5, row: 2 },
  ]);
});

it.each([100, 10_000, MAX_LINE + 1, 1_000_000])(
  "rejects a line that is too long, and reads the other lines: %i bytes at a time",
  async (piece) => {
    const [longest, longer] = [MAX_LINE, MAX_LINE + 1].map(
      (length) => `"${"x".repeat(length - 2)}"`,
    );
    const fault = { key: "error.line-too-long", values: { kibibytes: 64 } };
    expect(await read(`1\n${longest}\n${longer}\n4\n${longer}${longer}`, piece)).toEqual([
      { line: 1, row: 1 },
      { line: 2, row: longest?.slice(1, -1) },
      { line: 3, fault },
      { line: 4, row: 4 },
      { line: 5, fault },
    ]);
  },
);

async function* rows() {
  for (const line of [1, 2, 4, 5]) yield { line, row: `row ${line}`, length: 5 };
  yield { line: 6, fault: { key: "error.bug" } as const };
  for (let line = 7; line < 1_010; line++) yield { line, row: line, length: 4 };
}

it("groups consecutive rows", async () => {
  const parts = (await Readable.from(gatherParts(rows())).toArray()) as RowPart[];

  expect(parts.map(({ firstLine, rows }) => [firstLine, rows.length])).toEqual([
    [1, 2],
    [4, 1_000],
    [1_004, 6],
  ]);
  expect(parts[1]?.rows.slice(0, 3)).toEqual(["row 4", "row 5", null]);
  expect(parts[1]?.faults.get(6)).toEqual({ key: "error.bug" });
});

it("holds about a megabyte of long rows at a time", async () => {
  const row = { name: "x".repeat(60_000) };
  async function* lines() {
    for (let line = 0; line < 100; line++) yield Buffer.from(`${JSON.stringify(row)}\n`);
  }
  const parts = (await Readable.from(gatherParts(readNdjson(lines()))).toArray()) as RowPart[];
  const lengths = parts.map(({ rows }) => JSON.stringify(rows).length);
  expect(Math.max(...lengths)).toBeLessThan(1_200_000);
  expect(parts.flatMap(({ rows }) => rows)).toHaveLength(100);
});
