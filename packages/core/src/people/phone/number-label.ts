import table from "../../../data/phone/numbers.json" with { type: "json" };
import { LineType } from "./phone.ts";

// An automaton over the digits of E.164, made of libphonenumber's metadata by `pnpm tables:phones`:
// the digits of a number lead from its root to a node, and the node's label says what they are.

/**
 * 0 for digits that are no number, else 1 + 2 * the place in `LineType`, + 1 where libphonenumber
 * takes the digits as they are written: of others it may leave out a trunk prefix.
 */
export type NumberLabel = number;

const labels = new Uint8Array(table.nodeCount);
/** Ten children to a node, by digit; the node 0 leads only to itself. */
const children = new Uint16Array(table.nodeCount * 10);
const root = table.nodeCount - 1;

/** The packing of tooling/tables/phones/number-table.ts, undone. */
function unpack(packed: string) {
  const bytes = atob(packed);
  let at = 0;
  const varint = (): number => {
    const byte = bytes.charCodeAt(at++);
    return byte < 128 ? byte : (byte & 127) + varint() * 128;
  };
  for (let node = 0; node < table.nodeCount; node += 1) {
    labels[node] = bytes.charCodeAt(at++);
    for (let digit = 0; digit < 10;) {
      const end = digit + bytes.charCodeAt(at++);
      const back = varint();
      children.fill(back === 0 ? 0 : node - back, node * 10 + digit, node * 10 + end);
      digit = end;
    }
  }
}
unpack(table.nodes);

/**
 * Of nodes from which all digits lead the same way: how many of them, up to the first node with a label,
 * and that. Most numbers are told by five digits of eleven.
 */
const sureDigits = new Uint8Array(table.nodeCount);
const sureEnds = Uint16Array.from({ length: table.nodeCount }, (_, node) => node);
for (let node = 1; node < table.nodeCount; node++) {
  const [next = 0, ...others] = children.subarray(node * 10, node * 10 + 10);
  if (labels[node] !== 0 || next === 0 || others.some((other) => other !== next)) continue;
  sureDigits[node] = (sureDigits[next] ?? 0) + 1;
  sureEnds[node] = sureEnds[next] ?? 0;
}

/** The label of E.164 digits. */
export function labelOf(digits: number): NumberLabel {
  // In two halves, so that all divisions but one are of small integers.
  const high = Math.floor(digits / HALF);
  const low = digits - high * HALF;
  const node =
    high === 0
      ? walk(root, low, countOf(low))
      : walk(firstNodes[high] ?? walk(root, high, countOf(high)), low, HALF_DIGITS);
  return labels[node] ?? 0;
}

const HALF_DIGITS = 7;
const HALF = 10 ** HALF_DIGITS;

/** Place values of the digits of a small integer, from the last. */
const units = Int32Array.from({ length: 10 }, (_, place) => 10 ** place);

/** How many digits a small integer has. */
function countOf(digits: number): number {
  let count = 1;
  while ((units[count] ?? Number.POSITIVE_INFINITY) <= digits) count++;
  return count;
}

/** Where `count` digits lead; there may be zeros before them. */
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

/** Where the first digits of numbers of eleven and less lead, which nearly all are. */
const firstNodes = Uint16Array.from({ length: 10_000 }, (_, high) =>
  walk(root, high, countOf(high)),
);

export const isTakenAsWritten = (label: NumberLabel): boolean => label !== 0 && label % 2 === 0;

/** The place in `LineType`; of no number, that of `unknown`. */
export const lineOf = (label: NumberLabel): number =>
  label === 0 ? unknownLine : (label - 1) >> 1;

const unknownLine = LineType.options.indexOf("unknown");
