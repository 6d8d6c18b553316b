import { brazilianPlaces } from "./brazilian-places.ts";
import { findCountryPrefixes } from "./country-prefixes.ts";
import { zonesWithin } from "./country-zones.ts";
import { nanpPlaces } from "./nanp-places.ts";
import type { Place, Places } from "./place.ts";
import { russianPlaces } from "./russian-places.ts";
import { readPrefixZones, sources } from "./sources.ts";
import corrections from "./zone-corrections.json" with { type: "json" };

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
