import table from "../../../data/phone/places.json" with { type: "json" };

// Runs of numbers that are used in one place, made by `pnpm tables:phones`: `1214:10` says that
// numbers from 1214… on, up to where the next run begins, are of the place 10.

const DIGITS_MAX = 15;
const runs = table.runs.split(" ").map((run) => {
  const [start = "", place] = run.split(":");
  return { start: Number(start.padEnd(DIGITS_MAX, "0")), place: Number(place) };
});
const starts = Float64Array.from(runs, ({ start }) => start);
const placeIds = Uint16Array.from(runs, ({ place }) => place);

/** Of all four digits that begin a number, the run of the first such; so are nearly all found at once. */
const FIRSTS = 10_000;
const firstRuns = Int32Array.from({ length: FIRSTS + 1 }, (_, first) =>
  runAt(first * (1e15 / FIRSTS), 0, starts.length),
);

/** The place in `places.json` of E.164 digits: the run in which they lie. */
export function placeIdOf(digits: number): number {
  let padded = digits;
  while (padded > 0 && padded < 1e14) padded *= 10;
  const first = Math.floor(padded / (1e15 / FIRSTS));
  const run = runAt(padded, firstRuns[first] ?? 0, (firstRuns[first + 1] ?? starts.length) + 1);
  return placeIds[run] ?? 0;
}

/** The last run of `[from..to)` that begins at or before digits. */
function runAt(padded: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= padded) low = middle;
    else high = middle;
  }
  return low;
}
