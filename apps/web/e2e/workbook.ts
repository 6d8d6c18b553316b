import writeWorkbook from "write-excel-file/node";

/** A workbook of Excel with sheets by name, of rows of text. */
export const workbookOf = (sheets: Record<string, string[][]>): Promise<Buffer> =>
  writeWorkbook(
    Object.entries(sheets).map(([sheet, rows]) => ({
      sheet,
      data: rows.map((row) => row.map((value) => ({ value }))),
    })),
  ).toBuffer();
