import { findIds, type IdIndex } from "@ringfence/core/calling/scrub";
import { type CopyRows, startIn } from "../../platform/copy-rows.ts";

/** Of each row, the place of the phone whose id stands in a column. */
export function phonesIn(ids: IdIndex, rows: CopyRows, column: number): Int32Array {
  const ats = new Int32Array(rows.count);
  for (let row = 0; row < ats.length; row++) ats[row] = startIn(rows, row, column);
  const phones = findIds(ids, rows.bytes, ats);
  if (phones.includes(-1)) throw new Error("a fact of a phone that is not there");
  return phones;
}
