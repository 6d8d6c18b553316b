import { zonesOfCountry } from "./country-zones.ts";
import { type Finding, buildNumberAutomaton } from "./number-automaton.ts";
import { codePlans } from "./numbering-plans.ts";

/** Facts that hold for all numbers with a prefix. */
export type PrefixUse = {
  country: string | null;
  /**
   * True if the numbers may be used anywhere in their country: mobile numbers, or those of no one
   * location.
   */
  isAnywhere: boolean;
};

function toPrefixUse({ country, type }: Finding): PrefixUse {
  const hasZones = country !== null && zonesOfCountry(country).length > 1;
  const isAnywhere = hasZones && type !== "FIXED_LINE" && type !== "FIXED_LINE_OR_MOBILE";
  return { country, isAnywhere };
}

/**
 * Longest prefix that is looked at. Below it, if some numbers may be used anywhere, all count as
 * such.
 */
const mobileDigitsMax = 6;

/** The shortest prefixes whose numbers have only one use. */
export function findCountryPrefixes(): Map<string, PrefixUse> {
  const uses = new Map<string, PrefixUse>();
  const { nodes, root } = buildNumberAutomaton(codePlans, (finding) => {
    const use = toPrefixUse(finding);
    const key = JSON.stringify(use);
    uses.set(key, use);
    return key;
  });
  const usesBelow: Set<string>[] = [];
  // Children come before parents, so one pass is enough.
  for (const { label, next } of nodes) {
    const below = new Set(next.flatMap((child) => [...(usesBelow[child] ?? [])]));
    usesBelow.push(label === null ? below : below.add(label));
  }

  const prefixes = new Map<string, PrefixUse>();
  const visit = (node: number, prefix: string) => {
    const below = [...(usesBelow[node] ?? [])].flatMap((key) => uses.get(key) ?? []);
    const [first] = below;
    if (first === undefined) return;
    const isOneCountry = below.every(({ country }) => country === first.country);
    if (isOneCountry && (below.length === 1 || prefix.length >= mobileDigitsMax)) {
      prefixes.set(prefix, {
        country: first.country,
        isAnywhere: below.some(({ isAnywhere }) => isAnywhere),
      });
    } else nodes[node]?.next.forEach((child, digit) => visit(child, `${prefix}${digit}`));
  };
  visit(root, "");
  return prefixes;
}
