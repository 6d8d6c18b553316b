import { areaOf, BLOCKS_PER_AREA, placeOf } from "./blocks.ts";
import type { Edition } from "./edition.ts";
import { addNumber, emptySet } from "./number-set.ts";
import { allBut } from "./readers/all-but.ts";

export type Answers = {
  region: string;
  /** Who is free to call, by answers that still count: as digits. */
  free: readonly number[];
  /** All that was ever asked about. */
  asked: readonly number[];
};

/**
 * What answers say of a registry that hands no list out: in every ten millions of numbers of which one
 * was asked about, all but those that are free. Of the rest nothing is known, and what we cannot check
 * refuses. Null before anything was asked: a registry that lists nobody would let all through.
 */
export function editionOfAnswers({ region, free, asked }: Answers): Edition | null {
  if (asked.length === 0) return null;
  const set = emptySet();
  for (const digits of free) addNumber(set, digits);
  const areas = [...new Set([...asked, ...free].map((digits) => areaOf(placeOf(digits).block)))];
  areas.sort((a, b) => a - b);
  return {
    kind: "full",
    isAnswer: true,
    added: allBut(set, blocksOf(areas)),
    removed: emptySet(),
    region,
    areas,
    publishedOn: null,
    changedUntil: null,
    lines: asked.length,
    unreadable: 0,
  };
}

function* blocksOf(areas: readonly number[]): Generator<number> {
  for (const area of areas) {
    for (let index = 0; index < BLOCKS_PER_AREA; index++) yield area * BLOCKS_PER_AREA + index;
  }
}
