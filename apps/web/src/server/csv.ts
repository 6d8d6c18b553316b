import { guardFormula } from "@ringfence/core/platform/csv";

/** Value of a cell; null is empty. */
export type Cell = string | number | Date | null;

/** Writes a line of a CSV file (RFC 4180). Instants are in UTC, for programs. */
export const csvLine = (cells: readonly Cell[]) => `${cells.map(cellText).join(",")}\r\n`;

function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const text = cell instanceof Date ? cell.toISOString() : guardFormula(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
