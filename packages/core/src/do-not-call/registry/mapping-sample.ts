import type { Message } from "../../platform/message/index.ts";
import { readPhoneBytes } from "../../people/phone/index.ts";
import { CsvMapping } from "./format.ts";
import { countNumbers } from "./numbers/number-set.ts";
import { createEditionReader } from "./readers/edition-reader.ts";
import { createRowSplitter } from "./readers/split-rows.ts";
import { detectDialect, previewFile } from "../../people/number-file/index.ts";

/** What a mapping makes of the beginning of a file. */
export type MappingPreview = {
  /** The first rows, the header among them. */
  rows: readonly (readonly string[])[];
  /** How many lines the beginning has, and the numbers that they list and take off the list. */
  lines: number;
  added: number;
  removed: number;
  /** The newest day that its lines tell, `2026-08-05`; null where they tell none. */
  publishedOn: string | null;
  /** What a reading of the whole file would be refused for. */
  faults: readonly Message[];
};

const SHOWN_ROWS = 9;
const LINE_FEED = 10;

/** Shows from the first bytes of a file what it says by a mapping: as the worker will read it. */
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

/** As they are seen: a byte that the encoding does not know is a mark, and the reader says so. */
function firstRows(bytes: Uint8Array, { delimiter, encoding }: CsvMapping): string[][] {
  const decoder = new TextDecoder(encoding);
  const rows: string[][] = [];
  const splitter = createRowSplitter(delimiter, ({ bytes, ends }) => {
    if (rows.length === SHOWN_ROWS) return;
    rows.push(ends.map((end, place) => decoder.decode(bytes.subarray(ends[place - 1] ?? 0, end))));
  });
  splitter.push(bytes);
  splitter.end();
  return rows;
}

/**
 * How a table of numbers probably is to be understood, from the first bytes of one of its files; null
 * when they hold no row. `region` (ISO 3166-1) is that of numbers without their country.
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
