import { csvLine } from "@ringfence/core/platform/csv";
import { readScientific } from "@ringfence/core/people/phone";
import type { Sheet } from "read-excel-file/universal";

/** A sheet of a workbook that has rows, and how it becomes a file of rows. */
export type OpenedSheet = { name: string; toFile: () => File };

/** What a browser can unpack beside the page; larger lists come as CSV, which is read as it is sent. */
const BYTES_MAX = 50_000_000;

/**
 * The sheets of an Excel workbook (ECMA-376) that have rows, in their order. It is read here, so that
 * what is sent, screened and kept is the text that is shown. Throws for what is no such workbook.
 */
export async function openWorkbook(file: File): Promise<OpenedSheet[]> {
  if (file.size > BYTES_MAX) throw new RangeError("a workbook of this size is not unpacked");
  const { default: readWorkbook } = await import("read-excel-file/universal");
  const sheets = await readWorkbook(file, { parseNumber: plainNumber });
  return sheets
    .filter(({ data }) => data.length > 0)
    .map((sheet) => ({ name: sheet.sheet, toFile: () => fileOf(sheet, file) }));
}

/** The first bytes of a zip archive, which such a workbook is. */
export async function isArchive(file: File): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  return [0x50, 0x4b, 3, 4].every((byte, at) => head[at] === byte);
}

/** Whether an archive is meant as a workbook: its first entry (APPNOTE 4.3.7) is of such a package. */
export async function isWorkbook(file: File): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, NAME_AT + 64).arrayBuffer());
  const name = new TextDecoder().decode(head.subarray(NAME_AT));
  return (await isArchive(file)) && /^(\[Content_Types\]\.xml|_rels\/|docProps\/|xl\/)/.test(name);
}

/** Where the name of the first entry stands. */
const NAME_AT = 30;

/**
 * A phone that was typed into a cell is an amount there. With an exponent it is read where all digits are
 * there; else it stays as it stands, for who reads it to say that some were rounded away.
 */
function plainNumber(text: string): string {
  if (/e/i.test(text)) {
    const scientific = readScientific(text);
    return scientific && "digits" in scientific ? scientific.digits : text;
  }
  const amount = Number(text);
  return Number.isSafeInteger(amount) ? String(amount) : text;
}

function fileOf({ data }: Sheet<string>, { name, lastModified }: File): File {
  const lines = data.map((row) => csvLine(row.map(textOf)));
  return new File(lines, name.replace(/(\.xls[xm])?$/i, ".csv"), {
    type: "text/csv",
    lastModified,
  });
}

/** As imports read it: days without a time as days. */
function textOf(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString().replace(/T00:00:00\.000Z$/, "");
  return typeof cell === "string" || typeof cell === "boolean" ? String(cell) : "";
}
