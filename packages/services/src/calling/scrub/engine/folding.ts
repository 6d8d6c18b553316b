import { type NumberIndex, makeNumberIndex, placeNumber } from "@ringfence/core/calling/scrub";
import { type OwnFacts, atOf, placeSaid, recordedAtOf, saidOf, untilOf } from "./fact-store.ts";
import { type Spans, lasts } from "./sensitive-spans.ts";

/** Gives equal facts one number. Pairs are folded into numbers, because a text for each is slow. */
export type Likeness = {
  pairs: NumberIndex;
  instants: NumberIndex;
  /** What `readItem` has found for words and sides of low places, which nearly all facts have; 0 is not yet. */
  items: Int32Array;
};

export const makeLikeness = (): Likeness => ({
  pairs: makeNumberIndex(65_536),
  instants: makeNumberIndex(),
  items: new Int32Array(ITEM_SAIDS * ITEM_SIDES ** 3),
});

const [ITEM_SAIDS, ITEM_SIDES] = [4_096, 4];

/** Numbers that can be paired are below it, so that a double holds a pair. */
export const LIMIT = 2 ** 26;

/** A number for two numbers below the limit; the same two, the same number. Never 0. */
export function pairOf({ pairs }: Likeness, a: number, b: number): number {
  const place = placeNumber(pairs, a * LIMIT + b) + 1;
  if (place >= LIMIT) throw new Error("more classes of facts than can be told apart");
  return place;
}

/** A number for the order, the words and the sides of facts: all that a verdict can see of them. */
export function sequenceOf(
  likeness: Likeness,
  own: OwnFacts,
  facts: readonly number[],
  spans: Spans,
): number {
  if (facts.length === 0) return 0;
  const inOrder = facts.toSorted((a, b) => compare(own, a, b));
  const places = placesOfRecording(own, inOrder);
  let folded = 0;
  let previous = -1;
  for (const [index, fact] of inOrder.entries()) {
    // That two are of one instant matters, for then the one that permits less decides.
    const isTied = previous !== -1 && atOf(own, previous) === atOf(own, fact);
    const item = itemOf(likeness, own, fact, spans);
    const place = pairOf(likeness, isTied ? 1 : 0, places[index] ?? 0);
    folded = pairOf(likeness, folded, pairOf(likeness, item, place));
    previous = fact;
  }
  return folded;
}

/** A number for the words and the sides of facts, where their order does not matter, nor how many. */
export function setOf(
  likeness: Likeness,
  own: OwnFacts,
  facts: readonly number[],
  spans: Spans,
): number {
  const [first] = facts;
  if (first === undefined) return 0;
  if (facts.length === 1) return pairOf(likeness, 0, itemOf(likeness, own, first, spans));
  const items: number[] = [];
  for (const fact of facts) placeItem(items, itemOf(likeness, own, fact, spans));
  let all = 0;
  for (const item of items) all = pairOf(likeness, all, item);
  return all;
}

/** Among items that are in order, each once. */
function placeItem(items: number[], item: number) {
  let place = items.length;
  while (place > 0 && (items[place - 1] ?? 0) > item) place--;
  if (place > 0 && items[place - 1] === item) return;
  for (let last = items.length; last > place; last--) items[last] = items[last - 1] ?? 0;
  items[place] = item;
}

/** A number for one after another, where two alike that follow each other say no more than one. */
export function runOf(
  likeness: Likeness,
  own: OwnFacts,
  facts: readonly number[],
  spans: Spans,
): number {
  let all = 0;
  let previous = -1;
  for (const fact of facts) {
    const item = itemOf(likeness, own, fact, spans);
    if (item !== previous) all = pairOf(likeness, all, item);
    previous = item;
  }
  return all;
}

function itemOf(likeness: Likeness, own: OwnFacts, fact: number, spans: Spans): number {
  const said = placeSaid(own, fact);
  const end = untilOf(own, fact);
  const at = sideOf(likeness, atOf(own, fact), spans);
  const until = lasts(end, spans) ? 0 : sideOf(likeness, end, spans);
  const recordedAt = sideOf(likeness, recordedAtOf(own, fact), spans);
  if (said >= ITEM_SAIDS || (at | until | recordedAt) >= ITEM_SIDES) {
    return itemOfParts(likeness, said, at, until, recordedAt);
  }
  const place = ((said * ITEM_SIDES + at) * ITEM_SIDES + until) * ITEM_SIDES + recordedAt;
  const known = likeness.items[place] ?? 0;
  if (known !== 0) return known;
  return (likeness.items[place] = itemOfParts(likeness, said, at, until, recordedAt));
}

function itemOfParts(
  likeness: Likeness,
  said: number,
  at: number,
  until: number,
  recordedAt: number,
): number {
  const recorded = pairOf(likeness, said, recordedAt);
  return pairOf(likeness, pairOf(likeness, at, until), recorded);
}

/** A refusal holds or is lifted by what was recorded first, so beside one that order matters too. */
function placesOfRecording(own: OwnFacts, facts: readonly number[]): readonly number[] {
  if (!facts.some((fact) => saidOf(own, fact).kind === "opt-out")) return [];
  const times = facts.map((fact) => recordedAtOf(own, fact));
  const inOrder = [...new Set(times)].toSorted(order);
  return times.map((time) => inOrder.findIndex((other) => Object.is(other, time)));
}

/** 0 for none, then the gaps between the spans, then each instant within one. */
function sideOf({ instants }: Likeness, at: number, { within }: Spans): number {
  if (Number.isNaN(at)) return 0;
  let gap = 1;
  for (let span = 0; span < within.length; span += 2) {
    if (at < (within[span] ?? 0)) break;
    if (at <= (within[span + 1] ?? 0)) return 1_000 + placeNumber(instants, at);
    gap++;
  }
  return gap;
}

const compare = (own: OwnFacts, a: number, b: number): number =>
  order(atOf(own, a), atOf(own, b)) ||
  order(placeSaid(own, a), placeSaid(own, b)) ||
  order(untilOf(own, a), untilOf(own, b));

/** NaN, which no instant is, comes first. */
function order(a: number, b: number): number {
  if (Object.is(a, b)) return 0;
  if (Number.isNaN(a)) return -1;
  return Number.isNaN(b) || a > b ? 1 : -1;
}
