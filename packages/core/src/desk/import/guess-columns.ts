import { readPhone } from "../../people/phone/index.ts";
import names from "./header-names.json" with { type: "json" };
import { fieldsOf, type ImportField, type ImportKind, isField } from "./import-kind.ts";
import { mendPhone } from "./mend-phone.ts";
import { shopColumns } from "./shop-columns.ts";

/** What each column of a table seems to hold, by its name, or for the phone by what stands in it. */
export function guessColumns(
  kind: ImportKind,
  headers: readonly string[] | null,
  rows: readonly (readonly string[])[],
  region: string,
): (ImportField | null)[] {
  const known = kind === "activities" && headers ? shopColumns(headers) : null;
  if (known) return known;
  const taken = new Set<ImportField>();
  const width = Math.max(headers?.length ?? 0, ...rows.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, index) => {
    const field = fieldNamed(kind, headers?.[index] ?? "");
    if (field === null || (taken.has(field) && !isRepeatable(kind, field))) return null;
    taken.add(field);
    return field;
  });
  if (taken.has("phone")) return columns;

  const holding = columns.findIndex((field, index) => !field && holdsPhones(rows, index, region));
  return columns.map((field, index) => (index === holding ? "phone" : field));
}

/** A person has several phones, and a name in several parts. */
export const isRepeatable = (kind: ImportKind, field: string) =>
  (kind === "contacts" || kind === "activities") && (field === "phone" || field === "name");

const spellings: Record<string, readonly string[]> = names;

/** A name as spreadsheets have it: `Phone_number 2`, `№ телефона`, `e-mail`. */
function fieldNamed(kind: ImportKind, header: string): ImportField | null {
  const attribute = header.trim();
  if (attribute.startsWith("attributes.") && isField(kind, attribute)) return attribute;

  const words = header
    .toLowerCase()
    .replaceAll("ё", "е")
    .replaceAll("№", " номер ")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  const bare = words.replace(/ ?\d+$/, "");
  const byKey = fieldsOf(kind).find((field) => field.toLowerCase() === words.replaceAll(" ", ""));
  return (
    byKey ??
    fieldsOf(kind).find((field) => spellings[field]?.includes(words)) ??
    fieldsOf(kind).find((field) => spellings[field]?.includes(bare)) ??
    null
  );
}

/** Most of a column's cells are numbers. */
function holdsPhones(rows: readonly (readonly string[])[], column: number, region: string) {
  const cells = rows.map((row) => row[column] ?? "").filter((cell) => cell.trim() !== "");
  return (
    cells.length > 0 && cells.filter((cell) => isPhone(cell, region)).length > cells.length / 2
  );
}

/** Whether a cell is a number; of few digits, such as ids and years, none is. */
export function isPhone(cell: string, region: string): boolean {
  const { text } = mendPhone(cell);
  if (text === undefined || text.replaceAll(/\D/g, "").length < 7) return false;
  return "phone" in readPhone(text, region);
}
