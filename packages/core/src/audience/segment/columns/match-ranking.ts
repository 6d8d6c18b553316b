import type { LeafOf } from "../rule.ts";
import type { Asked } from "./asked.ts";
import type { Columns, Deeds, Mask } from "./columns.ts";
import { deedsOfType } from "./match-deeds.ts";
import { nthGreatest } from "./nth-greatest.ts";

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
