import { areaOf, BLOCKS_PER_AREA, placeOf } from "./blocks.ts";
import type { Edition } from "./edition.ts";
import { addNumber, emptySet } from "./number-set.ts";
import { allBut } from "./readers/all-but.ts";

export type Answers = {
  region: string;
  /** Those that are listed, by answers. */
  listed: readonly number[];
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
export function editionOfAnswers({ region, free, asked }: Omit<Answers, "listed">): Edition | null {
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

/**
 * What answers say of people whom nobody has to be checked against, such as those who sue: they are listed,
 * and of numbers that were not asked about nothing is said. Null before anything was asked.
 */
export function editionOfListed({ region, listed, asked }: Answers): Edition | null {
  if (asked.length === 0) return null;
  const added = emptySet();
  for (const digits of listed) addNumber(added, digits);
  return {
    kind: "full",
    isAnswer: true,
    added,
    removed: emptySet(),
    region,
    areas: [],
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
