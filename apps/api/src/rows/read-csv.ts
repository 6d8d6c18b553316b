import { Readable } from "node:stream";
import { type Dialect, detectDialect, isText } from "@ringfence/core/people/number-file";
import { parse } from "csv-parse";
import { ActivityRow } from "@ringfence/core/people/activity";
import { CallRow, asteriskColumns } from "@ringfence/core/calling/call";
import { ContactRow } from "@ringfence/core/people/contact";
import { ProblemError } from "../problem.ts";
import { MAX_LINE, type StreamRow } from "./read-ndjson.ts";

/** The column names that a file may use, and how its cells become a row. */
export type Columns = {
  /** Column names of a file without a header; the last ones may be missing. */
  heads?: readonly string[];
  /**
   * Finds the name in rows of a column: `externalId` for `External ID`. Null for an unknown one, which fails the
   * file.
   */
  findName: (head: string) => string | null;
  /** The names that are listed to the sender of an unknown column. */
  known: readonly string[];
  toRow: (cells: readonly (readonly [name: string, cell: string])[]) => unknown;
};

/** Number of bytes from which delimiter and encoding are detected. */
const HEAD_BYTES = 64 * 1024;

/**
 * Yields the rows of a CSV file. The file has a header unless its columns are known; delimiter and encoding are
 * detected from its first bytes. `line` is the number that a spreadsheet shows. An empty cell counts as missing, and
 * an empty row is skipped. Throws a problem if the file is not text or has an unknown column.
 */
export async function* readCsv(
  bytes: AsyncIterable<Uint8Array>,
  columns: Columns,
): AsyncGenerator<StreamRow> {
  let names = columns.heads ?? null;
  for await (const { line, cells } of readRecords(bytes)) {
    if (cells === null) yield { line, fault: { key: "error.csv-broken" } };
    else if (names === null) names = readNames(cells, columns);
    else if (cells.some((cell) => cell !== "")) yield buildRow(line, names, cells, columns);
  }
}

/** `cells` is null if the text is not a record. */
type CsvRecord = { line: number; cells: string[] | null };

async function* readRecords(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRecord> {
  const { head, isWhole, rest } = await readHead(bytes);
  if (!isText(head)) throw notText();
  const dialect = detectDialect(head, isWhole);
  let line = 0;
  /** Lines of records that were parsed but not yet taken, and of those that could not be parsed. */
  const [read, broken]: [number[], number[]] = [[], []];
  const records = parse({
    delimiter: String.fromCharCode(dialect.delimiter),
    max_record_size: MAX_LINE,
    relax_column_count: true,
    relax_quotes: true,
    // An error would end the stream, and lose records that were read but not yet taken.
    skip_records_with_error: true,
    on_skip: () => void broken.push(++line),
    on_record: (cells: string[]) => {
      read.push(++line);
      return cells;
    },
  });
  const text = Readable.from(decode(head, rest, dialect));
  const parsed: AsyncIterable<string[]> = text.compose(records);
  for await (const cells of parsed) {
    const line = read.shift() ?? 0;
    while (broken[0] !== undefined && broken[0] < line) {
      yield { line: broken.shift() ?? 0, cells: null };
    }
    yield { line, cells };
  }
  for (const line of broken) yield { line, cells: null };
}

function notText() {
  const message = { key: "error.scrub-not-text" } as const;
  return new ProblemError("invalid-request", message, { faults: [{ path: "", message }] });
}

function readNames(heads: readonly string[], { findName, known }: Columns): string[] {
  return heads.map((head) => {
    const name = findName(head.trim());
    if (name !== null) return name;
    const message = {
      key: "error.column-unknown",
      values: { column: head, known: known.join(", ") },
    } as const;
    throw new ProblemError("invalid-request", message, { faults: [{ path: "", message }] });
  });
}

function buildRow(
  line: number,
  names: readonly string[],
  cells: readonly string[],
  columns: Columns,
): StreamRow {
  const beyond = cells.slice(names.length).some((cell) => cell !== "");
  if (beyond)
    return { line, fault: { key: "error.cells-many", values: { columns: names.length } } };
  const named = names.map((name, index) => [name, cells[index]?.trim() ?? ""] as const);
  const length = cells.reduce((sum, cell) => sum + cell.length, 0);
  return { line, row: columns.toRow(named.filter(([, cell]) => cell !== "")), length };
}

async function readHead(bytes: AsyncIterable<Uint8Array>) {
  const rest = bytes[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length < HEAD_BYTES) {
    const next = await rest.next();
    if (next.done === true) return { head: Buffer.concat(chunks), isWhole: true, rest };
    chunks.push(next.value);
    length += next.value.length;
  }
  return { head: Buffer.concat(chunks), isWhole: false, rest };
}

/** Decodes the bytes. Releases them when no more is wanted, so that the caller can read the rest. */
async function* decode(
  head: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
  { encoding, start }: Dialect,
) {
  const decoder = new TextDecoder(encoding);
  try {
    yield decoder.decode(head.subarray(start), { stream: true });
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      yield decoder.decode(next.value, { stream: true });
    }
    yield decoder.decode();
  } finally {
    await rest.return?.();
  }
}

/** Makes `External ID`, `external_id` and `externalId` equal. */
const normalizeName = (name: string) => name.toLowerCase().replaceAll(/[\s_-]/g, "");

/** Creates a function that finds which of these names a header means; null if none. */
function createNameFinder(known: readonly string[]) {
  const byNormalized = new Map(known.map((name) => [normalizeName(name), name]));
  return (head: string) => byNormalized.get(normalizeName(head)) ?? null;
}

const callNames = Object.keys(CallRow.shape);

export const callColumns: Columns = {
  known: callNames,
  findName: createNameFinder(callNames),
  toRow: (cells) => Object.fromEntries(cells.map(([name, cell]) => [name, toCallCell(name, cell)])),
};

/** Columns of Asterisk's `Master.csv`. */
export const asteriskLog: Columns = {
  heads: asteriskColumns,
  known: asteriskColumns,
  findName: (head) => head,
  toRow: (cells) => Object.fromEntries(cells),
};

/** Columns of VICIdial exports. The user chooses them, and most say nothing about the call. */
export const vicidialLog: Columns = {
  known: [],
  findName: (head) => head.toLowerCase(),
  toRow: (cells) => Object.fromEntries(cells),
};

const toCallCell = (name: string, cell: string) =>
  name === "seconds" && /^\d+$/.test(cell) ? Number(cell) : cell;

const ATTRIBUTE = "attributes.";
const contactNames = Object.keys(ContactRow.shape).filter((name) => name !== "attributes");
const findContactName = createNameFinder(contactNames);

/** Several phones are in one cell, separated by semicolons, or in several columns named `phone`. */
export const contactColumns: Columns = {
  known: [...contactNames, `${ATTRIBUTE}…`],
  findName: (head) => (isAttribute(head) ? head : findContactName(head)),
  toRow: (cells) => {
    const phones = cells.filter(([name]) => name === "phone" || name === "phones");
    const attributes = cells.filter(([name]) => isAttribute(name));
    const fields = cells.filter((cell) => !phones.includes(cell) && !attributes.includes(cell));
    return {
      ...Object.fromEntries(fields),
      phones: phones.flatMap(([, cell]) => cell.split(";")).map((phone) => phone.trim()),
      attributes: Object.fromEntries(
        attributes.map(([name, cell]) => [name.slice(ATTRIBUTE.length), cell]),
      ),
    };
  },
};

const PROPERTY = "properties.";
const activityNames = Object.keys(ActivityRow.shape).filter(
  (name) => name !== "properties" && name !== "items",
);
const findActivityName = createNameFinder(activityNames);
const isProperty = (name: string) => name.toLowerCase().startsWith(PROPERTY);

/** Each property has its own column. A row of a file is a whole activity, so it has no items. */
export const activityColumns: Columns = {
  known: [...activityNames, `${PROPERTY}…`],
  findName: (head) => (isProperty(head) ? head : findActivityName(head)),
  toRow: (cells) => ({
    ...Object.fromEntries(cells.filter(([name]) => !isProperty(name))),
    properties: Object.fromEntries(
      cells
        .filter(([name]) => isProperty(name))
        .map(([name, cell]) => [name.slice(PROPERTY.length), cell]),
    ),
  }),
};

const isAttribute = (name: string) => name.toLowerCase().startsWith(ATTRIBUTE);
