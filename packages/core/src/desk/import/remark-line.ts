import { csvLine } from "../../platform/csv/index.ts";
import { say } from "../../platform/message/index.ts";
import { columnName, type ImportOutcome } from "./import-outcome.ts";
import type { Mapping } from "./mapping.ts";

/** What stands over the columns of a file of rows to look at: those of the file itself, and two more. */
export function remarkHeader({ columns, delimiter }: Mapping, header: readonly string[]): string {
  const names = columns.map((_, index) => header[index] ?? String(index + 1));
  return csvLine([...names, "status", "sentence"], delimiter);
}

/** A row as it came, what became of it, and why: each remark after the column that it is about. */
export function remarkLine(
  mapping: Mapping,
  header: readonly string[],
  cells: readonly string[],
  { status, remarks }: ImportOutcome,
): string {
  const { columns, delimiter, locale, zone } = mapping;
  const sentence = remarks.map(({ field, message }) => {
    const words = say(locale, message, zone);
    return field === null ? words : `${columnName(mapping, header, field)}: ${words}`;
  });
  const row = columns.map((_, index) => cells[index] ?? "");
  return csvLine([...row, status, sentence.join(" ")], delimiter);
}
