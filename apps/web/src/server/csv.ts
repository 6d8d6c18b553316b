import { guardFormula, csvLine as formatLine } from "@ringfence/core/platform/csv";

/** Value of a cell; null is empty. */
export type Cell = string | number | Date | null;

/** Writes a line of a CSV file (RFC 4180) without formulas. Instants are in UTC, for programs. */
export const csvLine = (cells: readonly Cell[]) => formatLine(cells.map(cellText));

function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  return cell instanceof Date ? cell.toISOString() : guardFormula(cell);
}

/**
 * Returns the columns for a person's phones. The first phone has its own column, which dialers and scrubs
 * read; the others share a cell, from which imports read several phones.
 */
export const phoneColumns = <Row>(
  heads: { phone: string; others: string },
  getPhones: (row: Row) => readonly string[],
) =>
  [
    [heads.phone, (row: Row) => getPhones(row)[0] ?? null],
    [heads.others, (row: Row) => getPhones(row).slice(1).join("; ")],
  ] satisfies [string, (row: Row) => string | null][];
