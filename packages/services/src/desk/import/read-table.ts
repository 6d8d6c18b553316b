import { Readable, pipeline } from "node:stream";
import {
  type Delimiter,
  type Encoding,
  type ImportKind,
  type Mapping,
  continuesOrder,
  guessDelimiter,
  guessMapping,
} from "@ringfence/core/desk/import";
import { CsvError, parse } from "csv-parse";
import { ServiceError } from "../../platform/errors.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { readHead } from "../../platform/files/index.ts";
import { organizationOf } from "../../account/organization/organization-of.ts";

/** A row that is longer was never meant: a quotation mark was left open. */
const MAX_ROW_CHARACTERS = 1_000_000;

/** A row of a file; `line` is its number as a spreadsheet shows it, from 1. */
export type TableRow = { line: number; cells: string[] };

/** The rows of a file, as it is read; those that are empty are left out, and counted. */
async function* readTable(
  content: AsyncIterable<Uint8Array>,
  { encoding, delimiter }: { encoding: Encoding; delimiter: Delimiter },
): AsyncGenerator<TableRow> {
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MAX_ROW_CHARACTERS,
  });
  // Whatever ends one side ends the other; a reader that has enough ends both.
  pipeline(Readable.from(decode(content, encoding)), parser, () => {});
  let line = 0;
  try {
    for await (const cells of parser) {
      line++;
      if (isFilledRow(cells)) yield { line, cells };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const values = { line: Number(error.records) + 1 };
    throw new ServiceError("invalid", { key: "import.quote-open", values });
  }
}

const isFilledRow = (cells: unknown): cells is string[] =>
  Array.isArray(cells) && cells.some((cell) => String(cell).trim() !== "");

/** A mark at the beginning that says which encoding it is does not belong to the text. */
async function* decode(content: AsyncIterable<Uint8Array>, encoding: Encoding) {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of content) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** Rows that go on record together; `bytes` of the file were read until then. */
type Batch = { header: readonly string[]; rows: readonly TableRow[]; bytes: number };

const ROWS_PER_BATCH = 1_000;
/** An order of more rows than a batch is none: its column holds something else. */
const MAX_BATCH_ROWS = 2 * ROWS_PER_BATCH;

/**
 * The rows of a file in batches, without that of the names; no order is parted. A file of names alone
 * has one, empty.
 */
export async function* readBatches(
  content: AsyncIterable<Uint8Array>,
  mapping: Mapping,
): AsyncGenerator<Batch> {
  const read = { bytes: 0 };
  let header: readonly string[] | null = mapping.hasHeader ? null : [];
  let rows: TableRow[] = [];
  for await (const row of readTable(countBytes(content, read), mapping)) {
    if (header === null) {
      header = row.cells;
      continue;
    }
    const before = rows.at(-1);
    const isFull = rows.length >= ROWS_PER_BATCH;
    if (
      before &&
      isFull &&
      (rows.length >= MAX_BATCH_ROWS || !continuesOrder(mapping, before, row))
    ) {
      yield { header, rows, bytes: read.bytes };
      rows = [];
    }
    rows.push(row);
  }
  yield { header: header ?? [], rows, bytes: read.bytes };
}

async function* countBytes(content: AsyncIterable<Uint8Array>, read: { bytes: number }) {
  for await (const chunk of content) {
    read.bytes += chunk.byteLength;
    yield chunk;
  }
}

/** Rows by which the rest is guessed. */
const SAMPLE_ROWS = 100;

/** What is known of a file beside its text; the delimiter, where a person said it. */
type KnownFormat = { kind: ImportKind; encoding: Encoding; delimiter?: Delimiter | undefined };

/** How a file seems to be meant, by its first rows and by where the organization is. */
export const guessFileMapping = async (
  ctx: TransactionContext,
  { kind, encoding, delimiter: told }: KnownFormat,
  open: () => AsyncIterable<Uint8Array>,
): Promise<Mapping> => {
  const head = new TextDecoder(encoding).decode(await readHead(open()));
  const delimiter = told ?? guessDelimiter(head);
  const rows: string[][] = [];
  for await (const { cells } of readTable(open(), { encoding, delimiter })) {
    rows.push(cells);
    if (rows.length === SAMPLE_ROWS) break;
  }
  if (rows.length === 0) throw new ServiceError("invalid", { key: "import.empty" }, "/file");
  const { homeRegion, zone, locale } = await organizationOf(ctx);
  return guessMapping(kind, { encoding, delimiter }, rows, { region: homeRegion, zone, locale });
};
