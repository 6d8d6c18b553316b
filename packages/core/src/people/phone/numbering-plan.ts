import placeTable from "../../../data/phone/places.json" with { type: "json" };
import { LineType } from "./phone.ts";
import numberTable from "../../../data/phone/numbers.json" with { type: "json" };

/** Entry of the numbering plan for a number: where it was issued, and for what kind of line. */
export type PhonePlan = {
  /** ISO 3166-1; null if it belongs to no one country, such as toll-free numbers of North America. */
  country: string | null;
  /** ISO 3166-2; several for a shared code, none if unknown. */
  regions: readonly string[];
  /** All possible IANA time zones; none if unknown. */
  zones: readonly string[];
  lineType: LineType;
};

/** All plans: one for each place and kind of line. */
const plans: readonly PhonePlan[] = placeTable.places.flatMap((place) =>
  LineType.options.map((lineType) => ({ ...place, lineType })),
);

export const PLAN_COUNT = plans.length;

/** Plan of digits that belong to no place. */
const unknownPlan: PhonePlan = { country: null, regions: [], zones: [], lineType: "unknown" };

/** Returns the index of the plan of E.164 digits: a number that stands for what `lookUpPlan` returns. */
export const lookUpPlanIndex = (digits: number): number =>
  lookUpPlace(digits) * LineType.options.length + toLineIndex(lookUpLabel(digits));

/**
 * Returns the plan of E.164 digits. Equal plans are the same object, so that a plan can be a cache key.
 * People keep their number when they move, so an address says more than the plan.
 */
export const lookUpPlan = (digits: number): PhonePlan =>
  plans[lookUpPlanIndex(digits)] ?? unknownPlan;

// An automaton over the digits of E.164 numbers, built from libphonenumber's metadata by `pnpm
// tables:phones`. The digits of a number lead from the root to a node, and the node's label says what they
// are.

/**
 * 0 for digits that are not a number, else 1 + 2 * the index in `LineType`, + 1 if libphonenumber takes the
 * digits as written. Otherwise it may leave out a trunk prefix.
 */
type NumberLabel = number;

const labels = new Uint8Array(numberTable.nodeCount);
/** Ten children per node, by digit. Node 0 leads only to itself. */
const children = new Uint16Array(numberTable.nodeCount * 10);
const root = numberTable.nodeCount - 1;

/** Unpacks what tooling/tables/phones/number-table.ts packed. */
function unpack(packed: string) {
  const bytes = atob(packed);
  let at = 0;
  const varint = (): number => {
    const byte = bytes.charCodeAt(at++);
    return byte < 128 ? byte : (byte & 127) + varint() * 128;
  };
  for (let node = 0; node < numberTable.nodeCount; node += 1) {
    labels[node] = bytes.charCodeAt(at++);
    for (let digit = 0; digit < 10;) {
      const end = digit + bytes.charCodeAt(at++);
      const back = varint();
      children.fill(back === 0 ? 0 : node - back, node * 10 + digit, node * 10 + end);
      digit = end;
    }
  }
}
unpack(numberTable.nodes);

/**
 * Shortcut for nodes from which all digits lead the same way: how many digits, up to the first labeled
 * node, and that node. Most numbers are decided by five digits of eleven.
 */
const sureDigits = new Uint8Array(numberTable.nodeCount);
const sureEnds = Uint16Array.from({ length: numberTable.nodeCount }, (_, node) => node);
for (let node = 1; node < numberTable.nodeCount; node++) {
  const [next = 0, ...others] = children.subarray(node * 10, node * 10 + 10);
  if (labels[node] !== 0 || next === 0 || others.some((other) => other !== next)) continue;
  sureDigits[node] = (sureDigits[next] ?? 0) + 1;
  sureEnds[node] = sureEnds[next] ?? 0;
}

/** Returns the label of E.164 digits. */
export function lookUpLabel(digits: number): NumberLabel {
  // Split in halves, so that all divisions but one are of small integers.
  const high = Math.floor(digits / HALF);
  const low = digits - high * HALF;
  const node =
    high === 0
      ? walk(root, low, countDigits(low))
      : walk(firstNodes[high] ?? walk(root, high, countDigits(high)), low, HALF_DIGITS);
  return labels[node] ?? 0;
}

const HALF_DIGITS = 7;
const HALF = 10 ** HALF_DIGITS;

/** Powers of ten. */
const units = Int32Array.from({ length: 10 }, (_, exponent) => 10 ** exponent);

/** Counts the digits of a small integer. */
function countDigits(digits: number): number {
  let count = 1;
  while ((units[count] ?? Number.POSITIVE_INFINITY) <= digits) count++;
  return count;
}

/** Follows `count` digits from a node. There may be leading zeros. */
function walk(from: number, digits: number, count: number): number {
  let node = from;
  let rest = digits;
  for (let left = count; left > 0; left--) {
    if (sureDigits[node] === left) return sureEnds[node] ?? 0;
    const unit = units[left - 1] ?? 1;
    const digit = (rest / unit) | 0;
    rest -= digit * unit;
    node = children[node * 10 + digit] ?? 0;
  }
  return node;
}

/** Nodes after all digits but the last seven, of numbers of eight to eleven digits, which nearly all are. */
const firstNodes = Uint16Array.from({ length: 10_000 }, (_, high) =>
  walk(root, high, countDigits(high)),
);

/** True if the digits are a number, and libphonenumber takes them as written. */
export const isTakenAsWritten = (label: NumberLabel): boolean => label !== 0 && label % 2 === 0;

/** Returns the index in `LineType`; that of `unknown` for a label of no number. */
const toLineIndex = (label: NumberLabel): number => (label === 0 ? unknownLine : (label - 1) >> 1);

const unknownLine = LineType.options.indexOf("unknown");

// Blocks of numbers issued in one place, made by `pnpm tables:phones`. `1214:10` says that numbers from
// 1214… up to the next block belong to place 10.

const DIGITS_MAX = 15;
const blocks = placeTable.runs.split(" ").map((block) => {
  const [start = "", place] = block.split(":");
  return { start: Number(start.padEnd(DIGITS_MAX, "0")), place: Number(place) };
});
const blockStarts = Float64Array.from(blocks, ({ start }) => start);
const blockPlaces = Uint16Array.from(blocks, ({ place }) => place);

/**
 * First numbers of the blocks that were issued in one place, padded to 15 digits, in ascending order. All numbers
 * of a block have the same country, regions and zones.
 */
export const firstNumbersOfBlocks: readonly number[] = [...blockStarts];

/** The first block of each four-digit prefix. Finds nearly all numbers at once. */
const PREFIXES = 10_000;
const firstBlocks = Int32Array.from({ length: PREFIXES + 1 }, (_, first) =>
  findBlock(first * (1e15 / PREFIXES), 0, blockStarts.length),
);

/** Returns the place (an index in `places.json`) of E.164 digits. */
function lookUpPlace(digits: number): number {
  let padded = digits;
  while (padded > 0 && padded < 1e14) padded *= 10;
  const first = Math.floor(padded / (1e15 / PREFIXES));
  const block = findBlock(
    padded,
    firstBlocks[first] ?? 0,
    (firstBlocks[first + 1] ?? blockStarts.length) + 1,
  );
  return blockPlaces[block] ?? 0;
}

/** Finds the last block in `[from..to)` that begins at or before the digits. */
function findBlock(padded: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((blockStarts[middle] ?? 0) <= padded) low = middle;
    else high = middle;
  }
  return low;
}
