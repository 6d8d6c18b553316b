import { compares, hundredths } from "../members-of.ts";
import type { LeafOf } from "../rule.ts";
import type { Span } from "../span.ts";
import { type Asked, edgesIn } from "./asked.ts";
import type { Columns, Deeds, Mask } from "./columns.ts";
import { rowTest } from "./match-values.ts";

export const deedsOfType = ({ deeds, ordinals }: Columns, type: string): Deeds =>
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
