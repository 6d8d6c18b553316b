/** Spreadsheets take a text that begins so for a formula. */
const formula = /^[=+\-@\t\r]/;

/** A number as E.164 writes it and nothing more: a spreadsheet reads an amount in it, and calculates nothing. */
const plainPhone = /^\+[1-9]\d{6,14}$/;

/**
 * A cell that no spreadsheet calculates: one that would be a formula gets an apostrophe before it. A plain
 * phone gets none, so that dialers, scrubs and imports read it as it is.
 */
export const guardFormula = (text: string) =>
  formula.test(text) && !plainPhone.test(text) ? `'${text}` : text;

/** The text that `guardFormula` wrote, in files of today and of older versions, which guarded phones too. */
export const unguardFormula = (cell: string) =>
  cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell;
