import { DAY_MS } from "../../../platform/time/index.ts";
import { type ConditionOfKind, meetsComparison } from "../rule.ts";
import type { Span } from "../span.ts";
import {
  type ActivityColumns,
  type ColumnContext,
  type Columns,
  type Mask,
  findZoneEdges,
} from "./columns.ts";
import { createRowTest } from "./match-values.ts";

const findActivityColumns = ({ activities, ordinals }: Columns, type: string): ActivityColumns =>
  activities.get(type) ?? {
    first: new Uint32Array(ordinals.length + 1),
    at: new Float64Array(0),
    amounts: null,
    properties: new Map(),
  };

/** Matches people by the number or amount of their activities. */
export function matchActivityTotal(
  columns: Columns,
  { did, during, measure, compare }: ConditionOfKind<"activity">,
  context: ColumnContext,
  among: Mask,
): Mask {
  const activities = findActivityColumns(columns, did.type);
  const test = createRowTest(activities, did.where);
  const { op, value } = compare;
  const enough = measure === "count" && op === "at-least" ? value : Infinity;
  return matchTotal(
    columns,
    { activities, test, during, context, among, enough },
    (count, sum, priced) => {
      if (measure === "count") return meetsComparison(count, compare);
      if (measure === "sum") return meetsComparison(sum, compare);
      return priced > 0 && meetsComparison(sum, { op, value: value * priced });
    },
  );
}

/** Matches people by the number of calls to all of their phones. */
export function matchCalls(
  columns: Columns,
  { outcomes, during, compare }: ConditionOfKind<"calls">,
  context: ColumnContext,
  among: Mask,
): Mask {
  const activities = columns.calls;
  const test =
    outcomes === undefined
      ? null
      : createRowTest(activities, [
          { property: "outcome", is: { test: "one-of", values: outcomes } },
        ]);
  const enough = compare.op === "at-least" ? compare.value : Infinity;
  return matchTotal(columns, { activities, test, during, context, among, enough }, (count) =>
    meetsComparison(count, compare),
  );
}

type TotalOptions = {
  activities: ActivityColumns;
  test: ((row: number) => boolean) | null;
  during: Span | undefined;
  context: ColumnContext;
  among: Mask;
  /** Counting stops here; sums are then incomplete. */
  enough: number;
};

/**
 * Matches people by the number of their rows, the sum of the amounts, and how many rows have an amount (`priced`).
 * Reads each person's rows latest first.
 */
function matchTotal(
  columns: Columns,
  { activities, test, during, context, among, enough }: TotalOptions,
  isMatch: (count: number, sum: number, priced: number) => boolean,
): Mask {
  const { first, at, amounts } = activities;
  const { from: froms, until: untils } = findZoneEdges(columns, context, during);
  const { zones } = columns;
  const found = new Uint8Array(among.length);
  for (let person = 0; person < among.length; person++) {
    if (among[person] !== 1) continue;
    const zone = zones[person] ?? 0;
    const [from, until] = [froms[zone] ?? 0, untils[zone] ?? 0];
    const begin = first[person] ?? 0;
    let [count, sum, priced] = [0, 0, 0];
    for (let row = (first[person + 1] ?? 0) - 1; row >= begin; row--) {
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
    if (isMatch(count, sum, priced)) found[person] = 1;
  }
  return found;
}

/** Matches people whose first or last activity falls into a span. */
export function matchOccasion(
  columns: Columns,
  { did, which, when }: ConditionOfKind<"occasion">,
  context: ColumnContext,
  among: Mask,
): Mask {
  const activities = findActivityColumns(columns, did.type);
  const { first, at } = activities;
  const test = createRowTest(activities, did.where) ?? (() => true);
  const { from, until } = findZoneEdges(columns, context, when);
  const found = new Uint8Array(among.length);
  const step = which === "first" ? 1 : -1;
  for (let person = 0; person < among.length; person++) {
    if (among[person] !== 1) continue;
    const [begin, end] = [first[person] ?? 0, first[person + 1] ?? 0];
    let row = which === "first" ? begin : end - 1;
    while (row >= begin && row < end && !test(row)) row += step;
    if (row < begin || row >= end) continue;
    const time = at[row] ?? 0;
    const zone = columns.zones[person] ?? 0;
    if (time >= (from[zone] ?? 0) && time < (until[zone] ?? 0)) found[person] = 1;
  }
  return found;
}

/**
 * Matches people who did one thing and then another, or not. A period that is not over yet cannot count as
 * "not".
 */
export function matchSequence(
  columns: Columns,
  rule: ConditionOfKind<"sequence">,
  context: ColumnContext,
  among: Mask,
): Mask {
  const activities = findActivityColumns(columns, rule.first.type);
  const { first, at } = activities;
  const test = createRowTest(activities, rule.first.where);
  const isFollowed = createFollowedTest(columns, rule);
  const { from: froms, until: untils } = findZoneEdges(columns, context, rule.during);
  const latest = context.now.getTime() - rule.withinDays * DAY_MS;
  const found = new Uint8Array(among.length);
  for (let person = 0; person < among.length; person++) {
    if (among[person] !== 1) continue;
    const zone = columns.zones[person] ?? 0;
    const [from, until] = [froms[zone] ?? 0, untils[zone] ?? 0];
    const begin = first[person] ?? 0;
    for (let row = (first[person + 1] ?? 0) - 1; row >= begin; row--) {
      const time = at[row] ?? 0;
      if (time < from) break;
      if (time >= until || (!rule.happened && time > latest)) continue;
      if (test !== null && !test(row)) continue;
      if (isFollowed(person, time) !== rule.happened) continue;
      found[person] = 1;
      break;
    }
  }
  return found;
}

/** Tests whether a person did the next thing within the allowed time. */
function createFollowedTest(columns: Columns, { next, withinDays }: ConditionOfKind<"sequence">) {
  const activities = findActivityColumns(columns, next.type);
  const { first, at } = activities;
  const test = createRowTest(activities, next.where);
  return (person: number, time: number): boolean => {
    const end = first[person + 1] ?? 0;
    const last = time + withinDays * DAY_MS;
    for (let row = firstAfter(activities, person, time); row < end; row++) {
      if ((at[row] ?? 0) > last) return false;
      if (test === null || test(row)) return true;
    }
    return false;
  };
}

/** Finds a person's first row after a time, by binary search. */
function firstAfter({ first, at }: ActivityColumns, person: number, time: number): number {
  let [low, high] = [first[person] ?? 0, first[person + 1] ?? 0];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((at[middle] ?? 0) > time) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Matches the top or bottom percent of everyone who ever did an activity of a type. */
export function matchRanking(
  columns: Columns,
  rule: ConditionOfKind<"ranking">,
  context: ColumnContext,
  among: Mask,
): Mask {
  const found = new Uint8Array(among.length);
  const cutoff = findRankingCutoff(columns, rule, context);
  if (cutoff === null) return found;
  const activities = findActivityColumns(columns, rule.type);
  const rankValue = rankValueBy[rule.by];
  const isTop = rule.end === "top";
  for (let person = 0; person < among.length; person++) {
    if (among[person] !== 1 || activities.first[person] === activities.first[person + 1]) continue;
    const value = rankValue(activities, person);
    if (isTop ? value >= cutoff : value <= cutoff) found[person] = 1;
  }
  return found;
}

/**
 * Finds the ranking value of the last person who is included, counting changed people too. Null if nobody ever did
 * such an activity.
 */
export function findRankingCutoff(
  columns: Columns,
  rule: ConditionOfKind<"ranking">,
  { changed, changedRankValues }: Pick<ColumnContext, "changed" | "changedRankValues">,
): number | null {
  const activities = findActivityColumns(columns, rule.type);
  const rankValue = rankValueBy[rule.by];
  const others = changedRankValues(rule);
  const size = columns.ordinals.length;
  const values = new Float64Array(size + others.length);
  let count = 0;
  for (let person = 0; person < size; person++) {
    if (changed[person] === 1 || activities.first[person] === activities.first[person + 1])
      continue;
    values[count++] = rankValue(activities, person);
  }
  for (const value of others) values[count++] = value;
  if (count === 0) return null;
  const last = Math.ceil((count * rule.percent) / 100) - 1;
  return nthGreatest(values.subarray(0, count), rule.end === "top" ? last : count - 1 - last);
}

const rankValueBy: Record<
  ConditionOfKind<"ranking">["by"],
  (activities: ActivityColumns, person: number) => number
> = {
  recency: ({ first, at }, person) => at[(first[person + 1] ?? 0) - 1] ?? 0,
  frequency: ({ first }, person) => (first[person + 1] ?? 0) - (first[person] ?? 0),
  money: ({ first, amounts }, person) => {
    let sum = 0;
    if (amounts === null) return sum;
    const end = first[person + 1] ?? 0;
    for (let row = first[person] ?? 0; row < end; row++) {
      const amount = amounts[row] ?? Number.NaN;
      if (!Number.isNaN(amount)) sum += amount;
    }
    return sum;
  },
};

/** Finds the value at an index (from 0) in descending order; NaN beyond the last. Reorders the numbers. */
export function nthGreatest(numbers: Float64Array, index: number): number {
  let [low, high] = [0, numbers.length - 1];
  while (low < high) {
    // The median of three keeps sorted input from taking quadratic time.
    const pivot = findMedian(
      numbers[low] ?? 0,
      numbers[(low + high) >>> 1] ?? 0,
      numbers[high] ?? 0,
    );
    let [left, right] = [low, high];
    while (left <= right) {
      while ((numbers[left] ?? 0) > pivot) left++;
      while ((numbers[right] ?? 0) < pivot) right--;
      if (left > right) break;
      const greater = numbers[right] ?? 0;
      numbers[right--] = numbers[left] ?? 0;
      numbers[left++] = greater;
    }
    if (index <= right) high = right;
    else if (index >= left) low = left;
    else break;
  }
  return numbers[index] ?? Number.NaN;
}

const findMedian = (a: number, b: number, c: number) =>
  Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
