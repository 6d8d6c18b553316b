import { BLOCKS_PER_AREA, areaOf, placeOf } from "./numbers/blocks.ts";
import type { Edition } from "./edition.ts";
import type { AskedSource } from "./source.ts";
import { addNumber, allBut, emptySet } from "./numbers/number-set.ts";

/** How many numbers may be asked about in a month, by their count and by what they cost. */
export function monthlyBudget({
  monthlyNumbers,
  monthlyMoney,
  pricePerNumber,
}: AskedSource): number {
  if (monthlyMoney === undefined || pricePerNumber === undefined) return monthlyNumbers;
  return Math.min(monthlyNumbers, Math.floor(monthlyMoney / pricePerNumber + 1e-9));
}

/** Within the last days of an answer the number is asked about again, so that none runs out by itself. */
const RENEWAL_DAYS = 3;

/** From which age on an answer is asked for again, and from which it counts for nothing any more. */
export const answerAges = (limitDays: number) => ({
  renewalDays: Math.max(limitDays / 2, limitDays - RENEWAL_DAYS),
  /** A reading stays in force until the next one, the night after. */
  endDays: Math.max(limitDays / 2, limitDays - 1),
});

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
