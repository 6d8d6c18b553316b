import writeWorkbook from "write-excel-file/node";

/** Creates an Excel workbook from rows of text by sheet name. */
export const createWorkbook = (sheets: Record<string, string[][]>): Promise<Buffer> =>
  writeWorkbook(
    Object.entries(sheets).map(([sheet, rows]) => ({
      sheet,
      data: rows.map((row) => row.map((value) => ({ value }))),
    })),
  ).toBuffer();
