import { type CopyRows, startIn } from "../../platform/copy-rows.ts";
import { makeByteIndex } from "./byte-index.ts";
import { type OwnFacts, placeText } from "./own-facts.ts";

/**
 * Creates a reader that finds the index of a row's text from a column on. Each field is a length in four
 * bytes followed by that many bytes.
 */
export function createTextIndexer(own: OwnFacts, letter: string, column: number) {
  const find = makeByteIndex((bytes) => placeText(own, letter + bytes.toString("latin1")));
  return (rows: CopyRows, row: number) =>
    find(rows.bytes, rows.view, startIn(rows, row, column) - 4, rows.end[row] ?? 0);
}
