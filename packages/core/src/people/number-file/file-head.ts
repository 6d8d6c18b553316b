import type { Message } from "../../platform/message/index.ts";
import { type Dialect, HEAD_BYTES, dialectOf, isText } from "./dialect.ts";
import { readRows } from "./read-rows.ts";
import { makeRowBatch } from "./row-batch.ts";

const QUOTE = 34;

/** How a file is written, and the cells of its first row. */
export type FileHead = { dialect: Dialect; cells: readonly string[] };

/** Reads the first bytes of a file, `isWhole` when they are all of it, or says why it is none of rows. */
export function fileHeadOf(head: Uint8Array, isWhole: boolean): FileHead | { fault: Message } {
  if (!isText(head)) return { fault: { key: "error.scrub-not-text" } };
  const dialect = dialectOf(head, isWhole);
  if (isWhole && head.length === dialect.start) return { fault: { key: "error.scrub-empty" } };

  const batch = makeRowBatch(1);
  const { start } = dialect;
  readRows(head, start, head.length, { ...dialect, column: 0, isLast: isWhole }, batch);
  if (batch.count === 0) {
    return {
      fault: isWhole
        ? { key: "error.scrub-quote-open", values: { row: 1 } }
        : { key: "error.scrub-row-endless", values: { row: 1, bytes: HEAD_BYTES } },
    };
  }
  const row = head.subarray(start, batch.end[0]);
  return { dialect, cells: cellsOf(row, batch.columns[0] ?? 0, dialect) };
}

/** Read as rows that end where columns do. */
function cellsOf(row: Uint8Array, columns: number, dialect: Dialect): string[] {
  const batch = makeRowBatch(columns);
  const noDelimiter = -1;
  const options = { delimiter: noDelimiter, lineEnd: dialect.delimiter, column: 0, isLast: true };
  readRows(row, 0, row.length, options, batch);
  // An empty last cell leaves nothing to be read.
  return Array.from({ length: columns }, (_, cell) =>
    cell < batch.count ? textOf(row, batch.fieldStart[cell], batch.fieldEnd[cell], dialect) : "",
  );
}

/** The text of a field: behind an opening quote, two are one. */
export function textOf(bytes: Uint8Array, start = 0, end = 0, { encoding }: Dialect): string {
  const text = new TextDecoder(encoding).decode(bytes.subarray(start, end));
  return bytes[start - 1] === QUOTE ? text.replaceAll('""', '"') : text;
}
