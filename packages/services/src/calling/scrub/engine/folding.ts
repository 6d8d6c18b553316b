import { type NumberIndex, createNumberIndex, indexNumber } from "@ringfence/core/calling/scrub";
import {
  type FactStore,
  factTime,
  factTextIndex,
  factRecordedAt,
  factText,
  factEnd,
} from "./fact-store.ts";
import { type Spans, endsBeyondHorizon } from "./sensitive-spans.ts";

/** Gives equal facts one number. Pairs are folded into numbers, because a text for each is slow. */
export type SignatureTable = {
  pairs: NumberIndex;
  instants: NumberIndex;
  /** What `readItem` has found for words and sides of low places, which nearly all facts have; 0 is not yet. */
  items: Int32Array;
};

export const createSignatureTable = (): SignatureTable => ({
  pairs: createNumberIndex(65_536),
  instants: createNumberIndex(),
  items: new Int32Array(ITEM_SAIDS * ITEM_SIDES ** 3),
});

const [ITEM_SAIDS, ITEM_SIDES] = [4_096, 4];

/** Numbers that can be paired are below it, so that a double holds a pair. */
export const LIMIT = 2 ** 26;

/** A number for two numbers below the limit; the same two, the same number. Never 0. */
export function foldPair({ pairs }: SignatureTable, a: number, b: number): number {
  const place = indexNumber(pairs, a * LIMIT + b) + 1;
  if (place >= LIMIT) throw new Error("more classes of facts than can be told apart");
  return place;
}

/** A number for the order, the words and the sides of facts: all that a verdict can see of them. */
export function foldSequence(
  likeness: SignatureTable,
  own: FactStore,
  facts: readonly number[],
  spans: Spans,
): number {
  if (facts.length === 0) return 0;
  const inOrder = facts.toSorted((a, b) => compare(own, a, b));
  const places = rankByRecording(own, inOrder);
  let folded = 0;
  let previous = -1;
  for (const [index, fact] of inOrder.entries()) {
    // That two are of one instant matters, for then the one that permits less decides.
    const isTied = previous !== -1 && factTime(own, previous) === factTime(own, fact);
    const item = foldFact(likeness, own, fact, spans);
    const place = foldPair(likeness, isTied ? 1 : 0, places[index] ?? 0);
    folded = foldPair(likeness, folded, foldPair(likeness, item, place));
    previous = fact;
  }
  return folded;
}

/** A number for the words and the sides of facts, where their order does not matter, nor how many. */
export function foldSet(
  likeness: SignatureTable,
  own: FactStore,
  facts: readonly number[],
  spans: Spans,
): number {
  const [first] = facts;
  if (first === undefined) return 0;
  if (facts.length === 1) return foldPair(likeness, 0, foldFact(likeness, own, first, spans));
  const items: number[] = [];
  for (const fact of facts) insertItem(items, foldFact(likeness, own, fact, spans));
  let all = 0;
  for (const item of items) all = foldPair(likeness, all, item);
  return all;
}

/** Among items that are in order, each once. */
function insertItem(items: number[], item: number) {
  let place = items.length;
  while (place > 0 && (items[place - 1] ?? 0) > item) place--;
  if (place > 0 && items[place - 1] === item) return;
  for (let last = items.length; last > place; last--) items[last] = items[last - 1] ?? 0;
  items[place] = item;
}

/** A number for one after another, where two alike that follow each other say no more than one. */
export function foldRun(
  likeness: SignatureTable,
  own: FactStore,
  facts: readonly number[],
  spans: Spans,
): number {
  let all = 0;
  let previous = -1;
  for (const fact of facts) {
    const item = foldFact(likeness, own, fact, spans);
    if (item !== previous) all = foldPair(likeness, all, item);
    previous = item;
  }
  return all;
}

function foldFact(likeness: SignatureTable, own: FactStore, fact: number, spans: Spans): number {
  const said = factTextIndex(own, fact);
  const end = factEnd(own, fact);
  const at = foldInstant(likeness, factTime(own, fact), spans);
  const until = endsBeyondHorizon(end, spans) ? 0 : foldInstant(likeness, end, spans);
  const recordedAt = foldInstant(likeness, factRecordedAt(own, fact), spans);
  if (said >= ITEM_SAIDS || (at | until | recordedAt) >= ITEM_SIDES) {
    return foldFactParts(likeness, said, at, until, recordedAt);
  }
  const place = ((said * ITEM_SIDES + at) * ITEM_SIDES + until) * ITEM_SIDES + recordedAt;
  const known = likeness.items[place] ?? 0;
  if (known !== 0) return known;
  return (likeness.items[place] = foldFactParts(likeness, said, at, until, recordedAt));
}

function foldFactParts(
  likeness: SignatureTable,
  said: number,
  at: number,
  until: number,
  recordedAt: number,
): number {
  const recorded = foldPair(likeness, said, recordedAt);
  return foldPair(likeness, foldPair(likeness, at, until), recorded);
}

/** A refusal holds or is lifted by what was recorded first, so beside one that order matters too. */
function rankByRecording(own: FactStore, facts: readonly number[]): readonly number[] {
  if (!facts.some((fact) => factText(own, fact).kind === "opt-out")) return [];
  const times = facts.map((fact) => factRecordedAt(own, fact));
  const inOrder = [...new Set(times)].toSorted(order);
  return times.map((time) => inOrder.findIndex((other) => Object.is(other, time)));
}

/** 0 for none, then the gaps between the spans, then each instant within one. */
function foldInstant({ instants }: SignatureTable, at: number, { within }: Spans): number {
  if (Number.isNaN(at)) return 0;
  let gap = 1;
  for (let span = 0; span < within.length; span += 2) {
    if (at < (within[span] ?? 0)) break;
    if (at <= (within[span + 1] ?? 0)) return 1_000 + indexNumber(instants, at);
    gap++;
  }
  return gap;
}

const compare = (own: FactStore, a: number, b: number): number =>
  order(factTime(own, a), factTime(own, b)) ||
  order(factTextIndex(own, a), factTextIndex(own, b)) ||
  order(factEnd(own, a), factEnd(own, b));

/** NaN, which no instant is, comes first. */
function order(a: number, b: number): number {
  if (Object.is(a, b)) return 0;
  if (Number.isNaN(a)) return -1;
  return Number.isNaN(b) || a > b ? 1 : -1;
}
