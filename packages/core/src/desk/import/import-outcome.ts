import { type Message, say } from "../../platform/message/index.ts";
import type { RejectedRow, RowStatus } from "../../platform/rows/index.ts";
import type { Mapping } from "./mapping.ts";
import { csvLine, guardFormula } from "../../platform/csv/index.ts";

/** A message about a row, and the field that it concerns; null if it concerns the whole row. */
export type Remark = { field: string | null; message: Message };

/** Result of a row, by its line in the file. A rejected row has a remark that says why; others may have remarks too. */
export type ImportOutcome = { line: number; status: RowStatus; remarks: readonly Remark[] };

/** Converts a rejected row to an outcome, with the fault at the field of its cell. */
export const toRejectedOutcome = ({ line, path, message }: RejectedRow): ImportOutcome => ({
  line,
  status: "rejected",
  remarks: [{ field: toField(path), message }],
});

const fieldNames: Record<string, string> = {
  phones: "phone",
  text: "disclosureText",
  language: "disclosureLanguage",
  id: "disclosureId",
  disclosure: "disclosureId",
  version: "disclosureVersion",
};

/**
 * Finds the field of a path: `/phones/1` is a phone, `/evidence/ip` an ip, `/attributes/city` an attribute.
 */
function toField(path: string): string | null {
  const [, first, second] = path.split("/");
  if (first === undefined || first === "") return null;
  if (first === "attributes") return `attributes.${second}`;
  const isNested = first === "contact" || first === "evidence" || first === "disclosure";
  const name = isNested && second ? second : first;
  return fieldNames[name] ?? name;
}

/**
 * Returns the name of a field's first column as in the file, or its number if it has no name. A field without a
 * column is returned itself.
 */
export function findColumnName(
  { columns, hasHeader }: Mapping,
  header: readonly string[],
  field: string,
): string {
  const index = columns.indexOf(field);
  if (index === -1) return field;
  const name = hasHeader ? header[index]?.trim() : undefined;
  return name || String(index + 1);
}

/** Rows by result. `noted` rows were accepted with a remark, and are counted under their result too. */
export type ImportCounts = {
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  noted: number;
};

export const emptyCounts: ImportCounts = {
  rows: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  rejected: 0,
  noted: 0,
};

/** Adds the outcomes of a batch to counts, and returns the sums as a new object. */
export function countOutcomes(
  counts: ImportCounts,
  outcomes: readonly ImportOutcome[],
): ImportCounts {
  const sum = { ...counts, rows: counts.rows + outcomes.length };
  for (const { status, remarks } of outcomes) {
    sum[status]++;
    if (status !== "rejected" && remarks.length > 0) sum.noted++;
  }
  return sum;
}

/** Writes a line of the file of remarks. An import reads the cells back as they were (`unguardFormula`). */
const formatLine = (cells: readonly string[], { delimiter }: Mapping) =>
  csvLine(
    cells.map((cell) => guardFormula(cell)),
    delimiter,
  );

/** Writes the header of the file of remarks: the file's own columns, status, and sentence. */
export function formatRemarkHeader(mapping: Mapping, header: readonly string[]): string {
  const names = mapping.columns.map((_, index) => header[index] ?? String(index + 1));
  return formatLine([...names, "status", "sentence"], mapping);
}

/** Writes a row with its status and remarks. A remark on a field names its column. */
export function formatRemarkLine(
  mapping: Mapping,
  header: readonly string[],
  cells: readonly string[],
  { status, remarks }: ImportOutcome,
): string {
  const { columns, locale, zone } = mapping;
  const sentence = remarks.map(({ field, message }) => {
    const words = say(locale, message, zone);
    return field === null ? words : `${findColumnName(mapping, header, field)}: ${words}`;
  });
  const row = columns.map((_, index) => cells[index] ?? "");
  return formatLine([...row, status, sentence.join(" ")], mapping);
}
