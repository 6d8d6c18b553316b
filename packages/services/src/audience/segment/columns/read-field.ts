import { type CopyRows, lengthIn, startIn } from "../../../platform/copy-rows.ts";

/** A `text`; the empty one for NULL. */
export function textIn(rows: CopyRows, row: number, column: number): string {
  const at = startIn(rows, row, column);
  return rows.bytes.toString("utf8", at, at + Math.max(0, lengthIn(rows, row, column)));
}

/** A `double precision`; NaN for NULL. */
export const numberIn = (rows: CopyRows, row: number, column: number): number =>
  lengthIn(rows, row, column) === -1
    ? Number.NaN
    : rows.view.getFloat64(startIn(rows, row, column));
