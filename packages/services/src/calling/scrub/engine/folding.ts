import { type NumberIndex, createNumberIndex, indexNumber } from "@ringfence/core/calling/scrub";
import {
  type FactStore,
  factTime,
  factTextIndex,
  factRecordedAt,
  factText,
  factEnd,
} from "./fact-store.ts";
import { endsBeyondHorizon, type SensitiveSpans } from "@ringfence/core/calling/screening";

/**
 * Assigns one number to equal facts. Pairs of numbers are folded into one, because building texts is slow. A side says
 * in which gap between the spans an instant lies, or which exact instant it is within one.
 */
export type SignatureTable = {
  pairs: NumberIndex;
  instants: NumberIndex;
  /**
   * Cached results of `foldFact` for texts and sides with low indexes, which nearly all facts have; 0 if
   * not cached.
   */
  items: Int32Array;
};

export const createSignatureTable = (): SignatureTable => ({
  pairs: createNumberIndex(65_536),
  instants: createNumberIndex(),
  items: new Int32Array(ITEM_TEXTS * ITEM_SIDES ** 3),
});

const [ITEM_TEXTS, ITEM_SIDES] = [4_096, 4];

/** Upper limit of numbers that can be paired, so that a double holds a pair. */
export const LIMIT = 2 ** 26;

/** Folds two numbers below the limit into one that is never 0. Equal pairs give equal numbers. */
export function foldPair({ pairs }: SignatureTable, a: number, b: number): number {
  const folded = indexNumber(pairs, a * LIMIT + b) + 1;
  if (folded >= LIMIT) throw new Error("more classes of facts than fit");
  return folded;
}

/** Folds facts with their order, texts and sides: everything that a verdict can see of them. */
export function foldSequence(
  table: SignatureTable,
  own: FactStore,
  facts: readonly number[],
  spans: SensitiveSpans,
): number {
  if (facts.length === 0) return 0;
  const inOrder = facts.toSorted((a, b) => compare(own, a, b));
  const ranks = rankByRecording(own, inOrder);
  let folded = 0;
  let previous = -1;
  for (const [index, fact] of inOrder.entries()) {
    // It matters whether two facts have the same instant: then the one that permits less decides.
    const isTied = previous !== -1 && factTime(own, previous) === factTime(own, fact);
    const item = foldFact(table, own, fact, spans);
    const rank = foldPair(table, isTied ? 1 : 0, ranks[index] ?? 0);
    folded = foldPair(table, folded, foldPair(table, item, rank));
    previous = fact;
  }
  return folded;
}

/** Folds the texts and sides of facts whose order and number do not matter. */
export function foldSet(
  table: SignatureTable,
  own: FactStore,
  facts: readonly number[],
  spans: SensitiveSpans,
): number {
  const [first] = facts;
  if (first === undefined) return 0;
  if (facts.length === 1) return foldPair(table, 0, foldFact(table, own, first, spans));
  const items: number[] = [];
  for (const fact of facts) insertItem(items, foldFact(table, own, fact, spans));
  let all = 0;
  for (const item of items) all = foldPair(table, all, item);
  return all;
}

/** Inserts an item into a sorted list without duplicates. */
function insertItem(items: number[], item: number) {
  let index = items.length;
  while (index > 0 && (items[index - 1] ?? 0) > item) index--;
  if (index > 0 && items[index - 1] === item) return;
  for (let last = items.length; last > index; last--) items[last] = items[last - 1] ?? 0;
  items[index] = item;
}

/** Folds facts in order, where equal neighbors count once. */
export function foldRun(
  table: SignatureTable,
  own: FactStore,
  facts: readonly number[],
  spans: SensitiveSpans,
): number {
  let all = 0;
  let previous = -1;
  for (const fact of facts) {
    const item = foldFact(table, own, fact, spans);
    if (item !== previous) all = foldPair(table, all, item);
    previous = item;
  }
  return all;
}

function foldFact(
  table: SignatureTable,
  own: FactStore,
  fact: number,
  spans: SensitiveSpans,
): number {
  const text = factTextIndex(own, fact);
  const end = factEnd(own, fact);
  const at = foldInstant(table, factTime(own, fact), spans);
  const until = endsBeyondHorizon(end, spans) ? 0 : foldInstant(table, end, spans);
  const recordedAt = foldInstant(table, factRecordedAt(own, fact), spans);
  if (text >= ITEM_TEXTS || (at | until | recordedAt) >= ITEM_SIDES) {
    return foldFactParts(table, text, at, until, recordedAt);
  }
  const index = ((text * ITEM_SIDES + at) * ITEM_SIDES + until) * ITEM_SIDES + recordedAt;
  const known = table.items[index] ?? 0;
  if (known !== 0) return known;
  return (table.items[index] = foldFactParts(table, text, at, until, recordedAt));
}

function foldFactParts(
  table: SignatureTable,
  text: number,
  at: number,
  until: number,
  recordedAt: number,
): number {
  const recorded = foldPair(table, text, recordedAt);
  return foldPair(table, foldPair(table, at, until), recorded);
}

/** Ranks facts by their time of recording, which matters only beside an opt-out. Otherwise returns an empty list. */
function rankByRecording(own: FactStore, facts: readonly number[]): readonly number[] {
  if (!facts.some((fact) => factText(own, fact).kind === "opt-out")) return [];
  const times = facts.map((fact) => factRecordedAt(own, fact));
  const inOrder = [...new Set(times)].toSorted(order);
  return times.map((time) => inOrder.findIndex((other) => Object.is(other, time)));
}

/** Returns 0 for no instant, the number of the gap between spans, or a number for the exact instant within one. */
function foldInstant({ instants }: SignatureTable, at: number, { within }: SensitiveSpans): number {
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

/** Compares instants; NaN, which stands for none, comes first. */
function order(a: number, b: number): number {
  if (Object.is(a, b)) return 0;
  if (Number.isNaN(a)) return -1;
  return Number.isNaN(b) || a > b ? 1 : -1;
}
