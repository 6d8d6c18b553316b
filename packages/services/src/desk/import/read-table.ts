import { pipeline, Readable } from "node:stream";
import type { Delimiter, Encoding } from "@ringfence/core/desk/import";
import { CsvError, parse } from "csv-parse";
import { ServiceError } from "../../platform/errors.ts";

/** A row that is longer was never meant: a quotation mark was left open. */
const ROW_CHARACTERS_MAX = 1_000_000;

/** A row of a file; `line` is its number as a spreadsheet shows it, from 1. */
export type TableRow = { line: number; cells: string[] };

/** The rows of a file, as it is read; those that are empty are left out, and counted. */
export async function* readTable(
  content: AsyncIterable<Uint8Array>,
  { encoding, delimiter }: { encoding: Encoding; delimiter: Delimiter },
): AsyncGenerator<TableRow> {
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: ROW_CHARACTERS_MAX,
  });
  // Whatever ends one side ends the other; a reader that has enough ends both.
  pipeline(Readable.from(decode(content, encoding)), parser, () => {});
  let line = 0;
  try {
    for await (const cells of parser) {
      line++;
      if (isRow(cells)) yield { line, cells };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const values = { line: Number(error.records) + 1 };
    throw new ServiceError("invalid", { key: "import.quote-open", values });
  }
}

const isRow = (cells: unknown): cells is string[] =>
  Array.isArray(cells) && cells.some((cell) => String(cell).trim() !== "");

/** A mark at the beginning that says which encoding it is does not belong to the text. */
async function* decode(content: AsyncIterable<Uint8Array>, encoding: Encoding) {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of content) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}
