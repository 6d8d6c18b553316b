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
import { ServiceError, type TransactionContext, readHead } from "../../platform/internal.ts";
import { loadOrganization } from "../../account/organization/internal.ts";

/** The longest row. A longer one means that a quotation mark was left open. */
const MAX_ROW_CHARACTERS = 1_000_000;

/** A row of a file. `line` is its number in a spreadsheet, from 1, with the header and empty rows. */
export type TableRow = { line: number; cells: string[] };

/**
 * Reads the rows of a file as it streams. Empty rows are skipped but counted. Throws `invalid` for an open quotation.
 */
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
  // An end or error of one side ends the other.
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

/** Decodes the text without its byte order mark. */
async function* decode(content: AsyncIterable<Uint8Array>, encoding: Encoding) {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of content) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** Rows that are saved in one transaction. `bytes` of the file were read so far. */
type Batch = { header: readonly string[]; rows: readonly TableRow[]; bytes: number };

const ROWS_PER_BATCH = 1_000;
/** An order with more rows than this is a mistake in the mapping, and is split. */
const MAX_BATCH_ROWS = 2 * ROWS_PER_BATCH;

/**
 * Reads the rows of a file in batches, without the header. Rows of one order stay in one batch, unless the order has
 * more than `MAX_BATCH_ROWS` rows. Gives at least one batch: a file without rows of data gives an empty one.
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

/** Rows that guesses are based on. */
const SAMPLE_ROWS = 100;

/** Known properties of a file. A person may have chosen the delimiter. */
type KnownFormat = { kind: ImportKind; encoding: Encoding; delimiter?: Delimiter | undefined };

/** Guesses the mapping of a file by its first rows and the organization's country, time zone and language. */
export const guessFileMapping = async (
  ctx: TransactionContext,
  { kind, encoding, delimiter: chosen }: KnownFormat,
  open: () => AsyncIterable<Uint8Array>,
): Promise<Mapping> => {
  const head = new TextDecoder(encoding).decode(await readHead(open()));
  const delimiter = chosen ?? guessDelimiter(head);
  const rows: string[][] = [];
  for await (const { cells } of readTable(open(), { encoding, delimiter })) {
    rows.push(cells);
    if (rows.length === SAMPLE_ROWS) break;
  }
  if (rows.length === 0) throw new ServiceError("invalid", { key: "import.empty" }, "/file");
  const { homeRegion, zone, locale } = await loadOrganization(ctx);
  return guessMapping(kind, { encoding, delimiter }, rows, { region: homeRegion, zone, locale });
};
