import type { Message } from "../../../platform/message/index.ts";
import type { CsvMapping } from "../csv-mapping.ts";
import { makeDateReader } from "../date-pattern.ts";
import { withoutMark } from "./byte-order-mark.ts";
import { type ReadPhone, readRow } from "./csv-row.ts";
import { type CsvTable, findColumns, isReadable, textsOf } from "./csv-table.ts";
import { type Draft, type FileReader, reportFile, reportLine } from "./draft.ts";
import { type Row, splitRows } from "./split-rows.ts";

/** Reads a table of numbers as a mapping has it. */
export function readCsv(
  draft: Draft,
  file: string,
  mapping: CsvMapping,
  readPhone: ReadPhone,
): FileReader {
  const { encoding } = mapping;
  const decoder = new TextDecoder(encoding, { fatal: true });
  const readDate = mapping.date ? makeDateReader(mapping.date.pattern) : null;
  let table: CsvTable | null = null;
  let isLost = false;
  let rows = 0;
  let shortest = 0;

  const fault = (key: Message["key"], line: number, more: Message["values"] = {}): Message => ({
    key,
    values: { file, line, ...more },
  });
  const lose = (...about: Parameters<typeof fault>) => {
    isLost = true;
    reportFile(draft, fault(...about));
  };

  const onRow = (row: Row, isEnded: boolean) => {
    if (isLost || row.length === 0) return;
    if (row.isMalformed) return lose("registry.fault.quote", row.line);
    if (!isReadable(row, encoding, decoder)) {
      return lose("registry.fault.encoding", row.line, { encoding });
    }
    if (table === null) {
      const found = findColumns(mapping, textsOf(row, decoder) ?? []);
      if ("missing" in found) return lose("registry.fault.column", 1, { column: found.missing });
      table = found;
      if (mapping.hasHeader) return;
    }
    const isShort = row.ends.length < table.columns || row.length < shortest;
    if (isShort && !isEnded) return lose("registry.fault.cut-off", row.line);

    shortest = rows === 0 ? row.length : Math.min(shortest, row.length);
    rows++;
    draft.lines++;
    const wrong = readRow(draft, row, { mapping, table, decoder, readDate, readPhone });
    if (wrong) reportLine(draft, fault(wrong.key, row.line, wrong.values));
  };

  const splitter = splitRows(mapping.delimiter, onRow);
  const unmarked = withoutMark(
    encoding,
    (bytes) => splitter.push(bytes),
    () => lose("registry.fault.encoding", 1, { encoding }),
  );
  return {
    push(bytes) {
      if (!isLost) unmarked.push(bytes);
    },
    end() {
      unmarked.end();
      splitter.end();
      const isNamed = table !== null || !mapping.hasHeader;
      const mayBeEmpty = mapping.kind === "delta" && mapping.mayBeEmpty && isNamed;
      if (rows === 0 && !mayBeEmpty && !isLost) lose("registry.fault.empty", 1);
    },
  };
}
