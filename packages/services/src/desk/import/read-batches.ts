import { continuesOrder, type Mapping } from "@ringfence/core/desk/import";
import { readTable, type TableRow } from "./read-table.ts";

/** Rows that go on record together; `bytes` of the file were read until then. */
export type Batch = { header: readonly string[]; rows: readonly TableRow[]; bytes: number };

const ROWS_PER_BATCH = 1_000;
/** An order of more rows than a batch is none: its column holds something else. */
const ROWS_MAX = 2 * ROWS_PER_BATCH;

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
  for await (const row of readTable(counted(content, read), mapping)) {
    if (header === null) {
      header = row.cells;
      continue;
    }
    const before = rows.at(-1);
    const isFull = rows.length >= ROWS_PER_BATCH;
    if (before && isFull && (rows.length >= ROWS_MAX || !continuesOrder(mapping, before, row))) {
      yield { header, rows, bytes: read.bytes };
      rows = [];
    }
    rows.push(row);
  }
  yield { header: header ?? [], rows, bytes: read.bytes };
}

async function* counted(content: AsyncIterable<Uint8Array>, read: { bytes: number }) {
  for await (const chunk of content) {
    read.bytes += chunk.byteLength;
    yield chunk;
  }
}
