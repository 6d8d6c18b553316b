import { LineType } from "../../../packages/core/src/people/phone/phone.ts";
import { type Finding, numberAutomaton } from "./number-automaton.ts";
import { codePlans } from "./numbering-plans.ts";
import { sources } from "./sources.ts";

/** Of a number that may be a landline or a mobile phone, nobody can tell which. */
function lineTypeOf(type: Finding["type"]): LineType {
  if (type === "FIXED_LINE") return "landline";
  if (type === "MOBILE") return "wireless";
  return type === "VOIP" ? "voip" : "unknown";
}

const BITS = 7;
/** Seven bits a byte, the lowest first, the eighth says that more follow (LEB128). */
const varint = (value: number): number[] =>
  value < 1 << BITS ? [value] : [(value & 127) | 128, ...varint(value >> BITS)];

/** A node: its label, then for each run of equal children their count and how far back they are. */
function bytesOf({ label, next }: { label: number | null; next: number[] }, id: number): number[] {
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
 * `numbers.json`: which digits are a number, and of which line. The label of a node is 0 for none,
 * else 1 + 2 * the place in `LineType`, + 1 where the library takes the digits as they are written.
 */
export function numberTable() {
  const { nodes } = numberAutomaton(
    codePlans,
    ({ type, isAsWritten }) =>
      1 + 2 * LineType.options.indexOf(lineTypeOf(type)) + Number(isAsWritten),
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
    nodes: Buffer.from(nodes.flatMap(bytesOf)).toString("base64"),
  };
}
