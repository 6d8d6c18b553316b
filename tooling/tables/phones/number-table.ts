import { LineType } from "../../../packages/core/src/people/phone/phone.ts";
import { type Finding, buildNumberAutomaton } from "./number-automaton.ts";
import { codePlans } from "./numbering-plans.ts";
import { sources } from "./sources.ts";

/** The line type of a number; unknown if it may be a landline or a mobile phone. */
function toLineType(type: Finding["type"]): LineType {
  if (type === "FIXED_LINE") return "landline";
  if (type === "MOBILE") return "wireless";
  return type === "VOIP" ? "voip" : "unknown";
}

const BITS = 7;
/** LEB128: seven bits per byte, lowest first; the eighth says that more follow. */
const varint = (value: number): number[] =>
  value < 1 << BITS ? [value] : [(value & 127) | 128, ...varint(value >> BITS)];

/**
 * Encodes a node: its label, then for each run of equal children their count and how far back they
 * are.
 */
function encodeNode(
  { label, next }: { label: number | null; next: number[] },
  id: number,
): number[] {
  const starts = next.flatMap((child, digit) => (child === next[digit - 1] ? [] : [digit]));
  return [
    label ?? 0,
    ...starts.flatMap((digit, index) => {
      const child = next[digit] ?? 0;
      const count = (starts[index + 1] ?? next.length) - digit;
      return [count, ...varint(child === 0 ? 0 : id - child)];
    }),
  ];
}

/**
 * Makes `numbers.json`: which digits are a number, and on what type of line. A node's label is 0
 * for none, or else 1 + 2 * the index in `LineType`, + 1 if the library takes the digits as
 * written.
 */
export function buildNumberTable() {
  const { nodes } = buildNumberAutomaton(
    codePlans,
    ({ type, isAsWritten }) =>
      1 + 2 * LineType.options.indexOf(toLineType(type)) + Number(isAsWritten),
  );
  const lengths = codePlans.map(({ code, countries }) => [
    code,
    {
      country: countries[0]?.country ?? null,
      lengths: [...new Set(countries.flatMap((country) => country.lengths))].toSorted(
        (a, b) => a - b,
      ),
    },
  ]);
  return {
    sources,
    codes: Object.fromEntries(lengths),
    nodeCount: nodes.length,
    nodes: Buffer.from(nodes.flatMap(encodeNode)).toString("base64"),
  };
}
