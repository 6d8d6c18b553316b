import { planOf } from "../../people/phone/index.ts";
import { BLOCK_SIZE } from "./blocks.ts";
import { blockNumbersIn, type NumberSet } from "./number-set.ts";

/** How many blocks of a set lie in each country (ISO 3166-1), where the numbering plan tells one. */
export function blocksByRegion(set: NumberSet): Map<string, number> {
  const counts = new Map<string, number>();
  for (const block of blockNumbersIn(set)) {
    const { country } = planOf(block * BLOCK_SIZE);
    if (country !== null) counts.set(country, (counts.get(country) ?? 0) + 1);
  }
  return counts;
}
