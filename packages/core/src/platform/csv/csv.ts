/** Formats a line of a CSV file (RFC 4180) with the file's delimiter. Does not guard formulas (`guardFormula`). */
export function csvLine(cells: readonly string[], delimiter = ","): string {
  return `${cells.map((cell) => quoteCell(cell, delimiter)).join(delimiter)}\r\n`;
}

const quoteCell = (cell: string, delimiter: string) =>
  cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

/**
 * Beginnings of a text that spreadsheets treat as a formula, also in the wide form of East Asian keyboards and after
 * spaces and characters without width, which some of them skip.
 */
const formula = /^(?:[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|[\t\r\n])/u;

/** An E.164 number and nothing else. A spreadsheet shows it as a number and runs nothing. */
const plainPhone = /^\+[1-9]\d{6,14}$/;

/**
 * Puts an apostrophe before a text that a spreadsheet would run as a formula. A plain phone number gets none,
 * so that dialers, scrubs and imports can read it unchanged.
 */
export const guardFormula = (text: string) =>
  formula.test(text) && !plainPhone.test(text) ? `'${text}` : text;

/**
 * Removes the apostrophe that `guardFormula` added. Older versions added it to phone numbers too. A text that
 * had such an apostrophe of its own loses it as well.
 */
export const unguardFormula = (cell: string) =>
  cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell;
