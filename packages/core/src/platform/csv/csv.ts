/**
 * Formats a line of a CSV file (RFC 4180), with its line end and with the file's delimiter. Does not guard formulas
 * (`guardFormula`).
 */
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

/** Matches before the beginning of a formula, also if spaces, quotes or characters without width stand before it. */
const begins = String.raw`(?=(?:(?![\t\r\n])[\s\p{Cc}\p{Cf}"])*[=+\-@＝＋－＠])`;

/**
 * Start of a formula inside a text, after a character at which a spreadsheet may split the cell. Excel in Russian and
 * German splits at semicolons even inside quotes, unless the quotes enclose the whole cell as Excel reads it.
 */
const innerFormula = new RegExp(String.raw`([;\t\r\n])${begins}`, "gu");

/** The same with the apostrophe that `guardFormula` added. */
const guardedInnerFormula = new RegExp(String.raw`([;\t\r\n])'${begins}`, "gu");

/**
 * One E.164 number or several with semicolons between them, and nothing else. A spreadsheet shows numbers and runs
 * nothing.
 */
const plainPhones = /^\+[1-9]\d{6,14}(?:; ?\+[1-9]\d{6,14})*$/;

/**
 * Puts an apostrophe wherever a spreadsheet would begin to run a text as a formula: before it, and inside it where the
 * spreadsheet may split it. Plain phone numbers get none, so that dialers, scrubs and imports can read them unchanged.
 */
export function guardFormula(text: string): string {
  if (plainPhones.test(text)) return text;
  const guarded = text.replace(innerFormula, "$1'");
  return formula.test(text) ? `'${guarded}` : guarded;
}

/**
 * Removes the apostrophes that `guardFormula` added. Older versions added one to phone numbers too. A text that had such
 * an apostrophe of its own loses it as well.
 */
export function unguardFormula(cell: string): string {
  const text = cell.replace(guardedInnerFormula, "$1");
  return text.startsWith("'") && formula.test(text.slice(1)) ? text.slice(1) : text;
}
