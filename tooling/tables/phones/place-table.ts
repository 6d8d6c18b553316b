import codes from "./brazilian-codes.json" with { type: "json" };
import corrections from "./zone-corrections.json" with { type: "json" };
import { zonesOfCountry, zonesOfStates, zonesWithin } from "./country-zones.ts";
import { buildNumberAutomaton, type Finding } from "./number-automaton.ts";
import { codePlans } from "./numbering-plans.ts";
import { union, type Place, type Places } from "./place.ts";
import { nanpPlaces } from "./nanp-places.ts";
import { russianPlaces } from "./russian-places.ts";
import { readPrefixZones, sources } from "./sources.ts";

/** Facts that hold for all numbers with a prefix. */
type PrefixUse = {
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
function findCountryPrefixes(): Map<string, PrefixUse> {
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

/**
 * Brazilian numbers, mobile ones too, by the area code of their state (Anatel, resolution
 * 263/2001).
 */
function brazilianPlaces(): Places {
  const states = Object.entries(codes).flatMap(([state, ofState]) =>
    ofState.map((code) => ({ code, region: `BR-${state}` })),
  );
  return new Map(
    [...Map.groupBy(states, ({ code }) => code)].map(([code, served]) => {
      const regions = served.map(({ region }) => region);
      const zones = union(regions.map((region) => zonesOfStates.get(region) ?? []));
      return [`55${code}`, { country: "BR", regions, zones }] as const;
    }),
  );
}

/** E.164 allows fifteen digits; a prefix stands for all numbers that begin with it. */
const digitsMax = 15;
const firstNumber = (prefix: string) => Number(prefix.padEnd(digitsMax, "0"));
const numberAfterLast = (prefix: string) =>
  firstNumber(String(Number(prefix) + 1).padStart(prefix.length, "0"));

/** Corrections of the zones that libphonenumber has for a prefix, and for all longer ones. */
const corrected = corrections.flatMap(({ prefixes, zones }) =>
  prefixes.map((prefix): [string, string[]] => [prefix, zones]),
);

function loadPrefixZones(): Map<string, string[]> {
  const replaced = ["61", ...corrected.map(([prefix]) => prefix)];
  const prefixes = [...readPrefixZones()].filter(
    ([prefix, zones]) =>
      !replaced.some((start) => prefix.startsWith(start)) || zones.join() === "Australia/Lord_Howe",
  );
  return new Map([...prefixes, ...corrected]);
}

/** Countries whose own tables alone give zones: what those lack is unknown. */
const countriesWithTables = new Set(["US", "CA", "RU"]);

/** Looks up the longest prefix with which digits begin. */
function createPrefixLookup<Value>(
  values: Map<string, Value>,
): (digits: string) => Value | undefined {
  const lengths = [...new Set([...values.keys()].map((prefix) => prefix.length))];
  const longestFirst = lengths.toSorted((a, b) => b - a);
  return (digits) => {
    for (const length of longestFirst) {
      const value = values.get(digits.slice(0, length));
      if (value !== undefined) return value;
    }
    return undefined;
  };
}

/**
 * The location of every number, as runs of digits, padded to fifteen, that begin where it changes.
 */
function findPlaceRuns(): { start: number; place: Place }[] {
  const uses = findCountryPrefixes();
  const prefixZones = loadPrefixZones();
  const findUse = createPrefixLookup(uses);
  const findZones = createPrefixLookup(prefixZones);
  const places: Places = new Map([
    ...nanpPlaces((prefix) => findUse(prefix)?.country ?? null),
    ...russianPlaces(),
    ...brazilianPlaces(),
  ]);
  const findPlace = createPrefixLookup(places);
  const placeAt = (start: number): Place => {
    const digits = String(start).padStart(digitsMax, "0");
    const listed = findPlace(digits);
    if (listed !== undefined) return listed;
    const { country, isAnywhere } = findUse(digits) ?? { country: null, isAnywhere: false };
    if (country === null || countriesWithTables.has(country))
      return { country, regions: [], zones: [] };
    const zones = isAnywhere ? [] : (findZones(digits) ?? []);
    return { country, regions: [], zones: zonesWithin(country, zones) };
  };

  const prefixes = [places, uses, prefixZones].flatMap((map) => [...map.keys()]);
  const starts = new Set([
    0,
    ...prefixes.flatMap((prefix) => [firstNumber(prefix), numberAfterLast(prefix)]),
  ]);
  return [...starts]
    .toSorted((a, b) => a - b)
    .map((start) => ({ start, place: placeAt(start) }))
    .filter(({ place }, index, runs) => !isSame(place, runs[index - 1]?.place));
}

const toKey = (place: Place) => JSON.stringify(place);
const isSame = (place: Place, before: Place | undefined) =>
  before !== undefined && toKey(place) === toKey(before);

/**
 * Makes `places.json`: each run has the digits at which it starts, without trailing zeros, and its
 * location.
 */
export function buildPlaceTable() {
  const runs = findPlaceRuns();
  const ids = new Map<string, number>();
  for (const { place } of runs) if (!ids.has(toKey(place))) ids.set(toKey(place), ids.size);
  const places = new Map(runs.map(({ place }) => [toKey(place), place]));
  return {
    sources,
    places: [...places.values()],
    runs: runs
      .map(({ start, place }) => {
        const digits = String(start).padStart(digitsMax, "0").replace(/0+$/, "");
        return `${digits}:${ids.get(toKey(place))}`;
      })
      .join(" "),
  };
}
