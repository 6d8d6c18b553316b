import { type CopyRows, startIn } from "../copy-rows.ts";
import { makeByteIndex } from "./byte-index.ts";
import { type OwnFacts, placeText } from "./own-facts.ts";

/** What the fields from a column on say, as they stand: a length in four bytes, then so many bytes. */
export function saidBy(own: OwnFacts, letter: string, column: number) {
  const find = makeByteIndex((bytes) => placeText(own, letter + bytes.toString("latin1")));
  return (rows: CopyRows, row: number) =>
    find(rows.bytes, rows.view, startIn(rows, row, column) - 4, rows.end[row] ?? 0);
}
