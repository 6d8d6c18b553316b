import { findId } from "@ringfence/core/scrub";
import type { CopyRow } from "./copy-rows.ts";
import type { OwnFacts } from "./own-facts.ts";

/** The place of the phone whose id stands in a column. */
export function phoneIn(own: OwnFacts, { bytes, start }: CopyRow, column: number): number {
  const place = findId(own.ids, bytes, start[column] ?? 0);
  if (place === -1) throw new Error("a fact of a phone that is not there");
  return place;
}
