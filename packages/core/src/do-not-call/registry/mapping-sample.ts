import type { Message } from "../../platform/message/index.ts";
import { readPhoneBytes } from "../../people/phone/index.ts";
import { CsvMapping } from "./format.ts";
import { countNumbers } from "./numbers/number-set.ts";
import { createEditionReader } from "./readers/edition-reader.ts";
import { createRowSplitter } from "./readers/split-rows.ts";
import { detectDialect, previewFile } from "../../people/number-file/index.ts";

/** Beginning of a file as read with a mapping. */
export type MappingPreview = {
  /** First rows, at most nine, including the header. */
  rows: readonly (readonly string[])[];
  /** Number of lines that were read. `added` and `removed` count the numbers that they list and unlist. */
  lines: number;
  added: number;
  removed: number;
  /** Newest date in the lines (`2026-08-05`); null if there is none. */
  publishedOn: string | null;
  /** Faults for which a file of only these lines would be rejected. */
  faults: readonly Message[];
};

const SHOWN_ROWS = 9;
const LINE_FEED = 10;

/**
 * Reads the first bytes of a file with a mapping, by the reader that the worker uses. If they are not the whole
 * file, the unfinished last line is left out.
 */
export function previewMapping(
  head: Uint8Array,
  isWhole: boolean,
  file: string,
  mapping: CsvMapping,
): MappingPreview {
  const whole = isWhole ? head : head.subarray(0, head.lastIndexOf(LINE_FEED) + 1);
  const reader = createEditionReader({ reader: "csv", mapping }, readPhoneBytes);
  const opened = reader.open(file);
  opened.push(whole);
  opened.end();
  const read = reader.close();
  const rows = firstRows(whole, mapping);
  if (read.outcome === "refused") {
    return {
      rows,
      lines: read.lines,
      added: 0,
      removed: 0,
      publishedOn: null,
      faults: read.faults,
    };
  }
  const { lines, publishedOn, ...edition } = read.edition;
  const [added, removed] = [countNumbers(edition.added), countNumbers(edition.removed)];
  return { rows, lines, added, removed, publishedOn, faults: [] };
}

/** Returns the first rows as text. Invalid bytes become replacement characters; the reader reports them. */
function firstRows(bytes: Uint8Array, { delimiter, encoding }: CsvMapping): string[][] {
  const decoder = new TextDecoder(encoding);
  const rows: string[][] = [];
  const splitter = createRowSplitter(delimiter, ({ bytes, ends }) => {
    if (rows.length === SHOWN_ROWS) return;
    rows.push(ends.map((end, index) => decoder.decode(bytes.subarray(ends[index - 1] ?? 0, end))));
  });
  splitter.push(bytes);
  splitter.end();
  return rows;
}

/**
 * Guesses the mapping of a table of numbers from the first bytes of a file; null if they contain no row.
 * `region` (ISO 3166-1) is the country of numbers without a country code.
 */
export function guessMapping(
  head: Uint8Array,
  isWhole: boolean,
  region: string,
): CsvMapping | null {
  const { encoding, delimiter } = detectDialect(head, isWhole);
  const shown = previewFile(head, isWhole, { region });
  if ("fault" in shown) return null;
  const { hasHeader, names, phoneColumn } = shown;
  const column = phoneColumn ?? 0;
  return CsvMapping.parse({
    kind: "snapshot",
    encoding,
    delimiter: String.fromCharCode(delimiter),
    hasHeader,
    phoneColumns: [names[column] || column + 1],
    region,
  });
}
