import { csvLine } from "@ringfence/core/platform/csv";
import { readScientific } from "@ringfence/core/people/phone";
import type { Sheet } from "read-excel-file/universal";

/** A sheet with rows, and a way to turn it into a CSV file. */
export type OpenedSheet = { name: string; toFile: () => File };

/**
 * Largest workbook that a browser can unpack while the page is open. Larger lists come as CSV, which is
 * streamed.
 */
const MAX_BYTES = 50_000_000;

/**
 * Opens an Excel workbook (ECMA-376) and returns the sheets that have rows, in order. It is read in the
 * browser, so that the text that is sent, screened and stored is the text that is shown. Throws if the
 * file is not such a workbook.
 */
export async function openWorkbook(file: File): Promise<OpenedSheet[]> {
  if (file.size > MAX_BYTES) throw new RangeError("a workbook of this size is not unpacked");
  const { default: readWorkbook } = await import("read-excel-file/universal");
  const sheets = await readWorkbook(file, { parseNumber: restoreDigits });
  return sheets
    .filter(({ data }) => data.length > 0)
    .map((sheet) => ({ name: sheet.sheet, toFile: () => toCsvFile(sheet, file) }));
}

/** True for a zip archive, by its first bytes. A workbook is one. */
export async function isArchive(file: File): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  return [0x50, 0x4b, 3, 4].every((byte, at) => head[at] === byte);
}

/** True if an archive is a workbook: its first entry (APPNOTE 4.3.7) belongs to such a package. */
export async function isWorkbook(file: File): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, NAME_AT + 64).arrayBuffer());
  const name = new TextDecoder().decode(head.subarray(NAME_AT));
  return (await isArchive(file)) && /^(\[Content_Types\]\.xml|_rels\/|docProps\/|xl\/)/.test(name);
}

/** Offset of the name of the first entry. */
const NAME_AT = 30;

/**
 * Restores the digits of a phone that was typed into a cell, where Excel stores it as a number. A number
 * with an exponent is expanded if no digit is missing; otherwise it stays as it is, so that the reader
 * can be told that digits were rounded away.
 */
function restoreDigits(text: string): string {
  if (/e/i.test(text)) {
    const scientific = readScientific(text);
    return scientific && "digits" in scientific ? scientific.digits : text;
  }
  const amount = Number(text);
  return Number.isSafeInteger(amount) ? String(amount) : text;
}

function toCsvFile({ data }: Sheet<string>, { name, lastModified }: File): File {
  const lines = data.map((row) => csvLine(row.map(cellText)));
  return new File(lines, name.replace(/(\.xls[xm])?$/i, ".csv"), {
    type: "text/csv",
    lastModified,
  });
}

/** Writes a cell as imports read it: dates without a time as days. */
function cellText(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString().replace(/T00:00:00\.000Z$/, "");
  return typeof cell === "string" || typeof cell === "boolean" ? String(cell) : "";
}
