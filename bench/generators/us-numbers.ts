import { createRandom } from "./random.ts";

/** The listed numbers of one exchange, which is one block: `818` `555` and lines in order. */
export type UsExchange = { areaCode: number; exchange: number; lines: readonly number[] };

type UsNumbers = {
  /** Total of numbers. */
  count: number;
  seed: number;
  /** 335 by default, as many as the United States had in the measurements that set our targets. */
  areaCodes?: readonly number[];
};

const EXCHANGES = 187_876;
const AREA_CODES = 335;
/** Most listed numbers of a block of a thousand; hardly ever are all listed. */
const LISTED_MAX = 950;

/**
 * Makes numbers distributed as in the US National Do Not Call Registry: in 335 area codes and
 * 187,876 exchanges, some hold few and some are full, and parts of an exchange were never given
 * out. The same seed makes the same numbers, exactly `count` of them.
 */
export function* usNumbers({ count, seed, areaCodes }: UsNumbers): Generator<UsExchange> {
  const random = createRandom(seed);
  const exchanges = (areaCodes ?? usAreaCodes()).flatMap((areaCode, index) =>
    drawExchanges(areaCode, exchangesIn(index), random),
  );
  const weights = exchanges.flatMap(() => drawWeights(random));
  const scale = scaleFor(count, weights);

  let listed = 0;
  let expected = 0;
  for (const [index, { areaCode, exchange }] of exchanges.entries()) {
    const lines: number[] = [];
    for (let thousand = 0; thousand < 10; thousand++) {
      expected += Math.min(LISTED_MAX, scale * (weights[index * 10 + thousand] ?? 0));
      // Rounding errors carry over to the next thousand, so that the sum comes out.
      const wanted = Math.min(1_000, Math.round(expected) - listed);
      addSome(lines, thousand, wanted, random);
      listed += wanted;
    }
    if (lines.length > 0) yield { areaCode, exchange, lines };
  }
}

/** Possible area codes in order: none begins with 0 or 1, or ends in 11. */
const usAreaCodes = () =>
  Array.from({ length: 800 }, (_, n) => 200 + n)
    .filter((code) => code % 100 !== 11)
    .filter((_, n) => n % 2 === 1)
    .slice(0, AREA_CODES);

const exchangesIn = (index: number) =>
  Math.floor(EXCHANGES / AREA_CODES) + Number(index < EXCHANGES % AREA_CODES);

function drawExchanges(areaCode: number, count: number, random: () => number) {
  const all = Array.from({ length: 800 }, (_, n) => 200 + n);
  for (let n = 0; n < count; n++) {
    const other = n + Math.floor(random() * (all.length - n));
    [all[n], all[other]] = [all[other] ?? 0, all[n] ?? 0];
  }
  const chosen = all.slice(0, count).toSorted((a, b) => a - b);
  return chosen.map((exchange) => ({ areaCode, exchange }));
}

/**
 * Weights of the thousands of an exchange: few exchanges have most numbers, and a third of the
 * thousands have few.
 */
function drawWeights(random: () => number) {
  const exchange = random() ** 2;
  return Array.from({ length: 10 }, () => exchange * (random() < 0.3 ? 0.05 : 0.4 + random()));
}

/** Factor by which the weights must be multiplied to make this many numbers. */
function scaleFor(count: number, weights: readonly number[]) {
  let [low, high] = [0, 2 ** 40];
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    let sum = 0;
    for (const weight of weights) sum += Math.min(LISTED_MAX, middle * weight);
    if (sum < count) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * Adds this many lines of a thousand, in order: draws them, or draws those left out if that takes
 * fewer draws.
 */
function addSome(lines: number[], thousand: number, wanted: number, random: () => number) {
  if (wanted === 0) return;
  const areDrawn = wanted <= 500;
  const drawn = new Int32Array(32);
  for (let left = areDrawn ? wanted : 1_000 - wanted; left > 0;) {
    const line = Math.floor(random() * 1_000);
    const [word, bit] = [drawn[line >> 5] ?? 0, 1 << (line & 31)];
    if ((word & bit) === 0) left--;
    drawn[line >> 5] = word | bit;
  }
  for (let at = 0; at < 32; at++) {
    const word = drawn[at] ?? 0;
    const all = at === 31 ? 0xff : -1; // 1,000 is 31 words and a byte
    for (let rest = areDrawn ? word : ~word & all; rest !== 0; rest &= rest - 1) {
      lines.push(thousand * 1_000 + at * 32 + 31 - Math.clz32(rest & -rest));
    }
  }
}
