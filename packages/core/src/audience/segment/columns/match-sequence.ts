import type { LeafOf } from "../rule.ts";
import { type Asked, edgesIn } from "./asked.ts";
import type { Columns, Deeds, Mask } from "./columns.ts";
import { deedsOfType } from "./match-deeds.ts";
import { rowTest } from "./match-values.ts";

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
