import { compares, hundredths } from "../members-of.ts";
import type { LeafOf } from "../rule.ts";
import type { Span } from "../span.ts";
import { type Asked, type Columns, type Deeds, type Mask, edgesIn } from "./columns.ts";
import { rowTest } from "./match-values.ts";

const deedsOfType = ({ deeds, ordinals }: Columns, type: string): Deeds =>
  deeds.get(type) ?? {
    first: new Uint32Array(ordinals.length + 1),
    at: new Float64Array(0),
    amounts: null,
    properties: new Map(),
  };

/** Who did something so often, or for so much. */
export function matchTally(
  columns: Columns,
  { did, during, measure, compare }: LeafOf<"activity">,
  asked: Asked,
  among: Mask,
): Mask {
  const deeds = deedsOfType(columns, did.type);
  const test = rowTest(deeds, did.where);
  const { op } = compare;
  const value = measure === "count" ? compare.value : hundredths(compare.value);
  const enough = measure === "count" && op === "at-least" ? value : Infinity;
  return tally(columns, { deeds, test, during, asked, among, enough }, (count, sum, priced) => {
    if (measure === "count") return compares(count, { op, value });
    if (measure === "sum") return compares(sum, { op, value });
    return priced > 0 && compares(sum, { op, value: value * priced });
  });
}

/** Who was called so often, over all of their phones. */
export function matchCalls(
  columns: Columns,
  { outcomes, during, compare }: LeafOf<"calls">,
  asked: Asked,
  among: Mask,
): Mask {
  const deeds = columns.calls;
  const test =
    outcomes === undefined
      ? null
      : rowTest(deeds, [{ property: "outcome", is: { test: "one-of", values: outcomes } }]);
  const enough = compare.op === "at-least" ? compare.value : Infinity;
  return tally(columns, { deeds, test, during, asked, among, enough }, (count) =>
    compares(count, compare),
  );
}

type Looked = {
  deeds: Deeds;
  test: ((row: number) => boolean) | null;
  during: Span | undefined;
  asked: Asked;
  among: Mask;
  /** Whoever did it so often need not be looked at further. */
  enough: number;
};

/** Adds up the rows of each person, the latest first, and asks about the sums. */
function tally(
  columns: Columns,
  { deeds, test, during, asked, among, enough }: Looked,
  isMeant: (count: number, sum: number, priced: number) => boolean,
): Mask {
  const { first, at, amounts } = deeds;
  const { from: froms, until: untils } = edgesIn(columns, asked, during);
  const { zones } = columns;
  const found = new Uint8Array(among.length);
  for (let place = 0; place < among.length; place++) {
    if (among[place] !== 1) continue;
    const zone = zones[place] ?? 0;
    const [from, until] = [froms[zone] ?? 0, untils[zone] ?? 0];
    const begin = first[place] ?? 0;
    let [count, sum, priced] = [0, 0, 0];
    for (let row = (first[place + 1] ?? 0) - 1; row >= begin; row--) {
      const time = at[row] ?? 0;
      if (time < from) break;
      if (time >= until || (test !== null && !test(row))) continue;
      if (++count >= enough) break;
      if (amounts === null) continue;
      const amount = amounts[row] ?? Number.NaN;
      if (Number.isNaN(amount)) continue;
      sum += amount;
      priced++;
    }
    if (isMeant(count, sum, priced)) found[place] = 1;
  }
  return found;
}

/** Who did something for the first or the last time within a span. */
export function matchOccasion(
  columns: Columns,
  { did, which, when }: LeafOf<"occasion">,
  asked: Asked,
  among: Mask,
): Mask {
  const deeds = deedsOfType(columns, did.type);
  const { first, at } = deeds;
  const isMeant = rowTest(deeds, did.where) ?? (() => true);
  const { from, until } = edgesIn(columns, asked, when);
  const found = new Uint8Array(among.length);
  const step = which === "first" ? 1 : -1;
  for (let place = 0; place < among.length; place++) {
    if (among[place] !== 1) continue;
    const [begin, end] = [first[place] ?? 0, first[place + 1] ?? 0];
    let row = which === "first" ? begin : end - 1;
    while (row >= begin && row < end && !isMeant(row)) row += step;
    if (row < begin || row >= end) continue;
    const time = at[row] ?? 0;
    const zone = columns.zones[place] ?? 0;
    if (time >= (from[zone] ?? 0) && time < (until[zone] ?? 0)) found[place] = 1;
  }
  return found;
}

const DAY_MS = 86_400_000;

/** Who did one thing and then another, or not. What is not over cannot have been left undone. */
export function matchSequence(
  columns: Columns,
  rule: LeafOf<"sequence">,
  asked: Asked,
  among: Mask,
): Mask {
  const deeds = deedsOfType(columns, rule.first.type);
  const { first, at } = deeds;
  const test = rowTest(deeds, rule.first.where);
  const isFollowed = followedBy(columns, rule);
  const { from: froms, until: untils } = edgesIn(columns, asked, rule.during);
  const latest = asked.now.getTime() - rule.withinDays * DAY_MS;
  const found = new Uint8Array(among.length);
  for (let place = 0; place < among.length; place++) {
    if (among[place] !== 1) continue;
    const zone = columns.zones[place] ?? 0;
    const [from, until] = [froms[zone] ?? 0, untils[zone] ?? 0];
    const begin = first[place] ?? 0;
    for (let row = (first[place + 1] ?? 0) - 1; row >= begin; row--) {
      const time = at[row] ?? 0;
      if (time < from) break;
      if (time >= until || (!rule.happened && time > latest)) continue;
      if (test !== null && !test(row)) continue;
      if (isFollowed(place, time) !== rule.happened) continue;
      found[place] = 1;
      break;
    }
  }
  return found;
}

/** Whether a person did the next thing after an instant, and soon enough. */
function followedBy(columns: Columns, { next, withinDays }: LeafOf<"sequence">) {
  const deeds = deedsOfType(columns, next.type);
  const { first, at } = deeds;
  const test = rowTest(deeds, next.where);
  return (place: number, time: number): boolean => {
    const end = first[place + 1] ?? 0;
    const last = time + withinDays * DAY_MS;
    for (let row = firstAfter(deeds, place, time); row < end; row++) {
      if ((at[row] ?? 0) > last) return false;
      if (test === null || test(row)) return true;
    }
    return false;
  };
}

/** The first row of a person that is later than an instant, found by halving. */
function firstAfter({ first, at }: Deeds, place: number, time: number): number {
  let [low, high] = [first[place] ?? 0, first[place + 1] ?? 0];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((at[middle] ?? 0) > time) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Who is among the first of all who ever did something: at or beyond the worth of the last that is in. */
export function matchRanking(
  columns: Columns,
  rule: LeafOf<"ranking">,
  asked: Asked,
  among: Mask,
): Mask {
  const found = new Uint8Array(among.length);
  const cutoff = rankingCutoff(columns, rule, asked);
  if (cutoff === null) return found;
  const deeds = deedsOfType(columns, rule.type);
  const worthOf = worthsOf[rule.by];
  const isTop = rule.end === "top";
  for (let place = 0; place < among.length; place++) {
    if (among[place] !== 1 || deeds.first[place] === deeds.first[place + 1]) continue;
    const worth = worthOf(deeds, place);
    if (isTop ? worth >= cutoff : worth <= cutoff) found[place] = 1;
  }
  return found;
}

/** The worth of who stands at the last place that is in, whoever changed counted with the others; null where nobody did it. */
export function rankingCutoff(
  columns: Columns,
  rule: LeafOf<"ranking">,
  { changed, worthsOfChanged }: Pick<Asked, "changed" | "worthsOfChanged">,
): number | null {
  const deeds = deedsOfType(columns, rule.type);
  const worthOf = worthsOf[rule.by];
  const others = worthsOfChanged(rule);
  const size = columns.ordinals.length;
  const worths = new Float64Array(size + others.length);
  let count = 0;
  for (let place = 0; place < size; place++) {
    if (changed[place] === 1 || deeds.first[place] === deeds.first[place + 1]) continue;
    worths[count++] = worthOf(deeds, place);
  }
  for (const worth of others) worths[count++] = worth;
  if (count === 0) return null;
  const last = Math.ceil((count * rule.percent) / 100) - 1;
  return nthGreatest(worths.subarray(0, count), rule.end === "top" ? last : count - 1 - last);
}

const worthsOf: Record<LeafOf<"ranking">["by"], (deeds: Deeds, place: number) => number> = {
  recency: ({ first, at }, place) => at[(first[place + 1] ?? 0) - 1] ?? 0,
  frequency: ({ first }, place) => (first[place + 1] ?? 0) - (first[place] ?? 0),
  money: ({ first, amounts }, place) => {
    let sum = 0;
    if (amounts === null) return sum;
    const end = first[place + 1] ?? 0;
    for (let row = first[place] ?? 0; row < end; row++) {
      const amount = amounts[row] ?? Number.NaN;
      if (!Number.isNaN(amount)) sum += amount;
    }
    return sum;
  },
};

/** The number at a place, counted from 0, if these stood from the greatest on. They are put into another order. */
export function nthGreatest(numbers: Float64Array, place: number): number {
  let [low, high] = [0, numbers.length - 1];
  while (low < high) {
    // Of three, so that what is in order already does not take the square of its length.
    const pivot = middleOf(numbers[low] ?? 0, numbers[(low + high) >>> 1] ?? 0, numbers[high] ?? 0);
    let [left, right] = [low, high];
    while (left <= right) {
      while ((numbers[left] ?? 0) > pivot) left++;
      while ((numbers[right] ?? 0) < pivot) right--;
      if (left > right) break;
      const kept = numbers[left] ?? 0;
      numbers[left++] = numbers[right] ?? 0;
      numbers[right--] = kept;
    }
    if (place <= right) high = right;
    else if (place >= left) low = left;
    else break;
  }
  return numbers[place] ?? Number.NaN;
}

const middleOf = (a: number, b: number, c: number) =>
  Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
