import { zonesOfCountry } from "./country-zones.ts";
import { type Places, union } from "./place.ts";
import regions from "./russian-regions.json" with { type: "json" };
import { readRussianLandlines, readRussianRanges } from "./sources.ts";

// Codes of ISO 3166-2, where Crimea and the Donbas belong to Ukraine (UA); numbers there begin with
// +7.
const known = Object.entries(regions).map(([region, { name, zones }]) => ({
  region,
  name: new RegExp(`(?<![\\p{L}-])(?:${name})`, "iu"),
  zones,
}));

/** Zones by region: Russian subjects and what else uses Russian numbers. */
export const zonesOfRussianRegions: Map<string, string[]> = new Map(
  known.map(({ region, zones }) => [region, zones]),
);

const everywhere = { regions: [], zones: union(zonesOfRussianRegions.values()) };
// Baikonur is leased from Kazakhstan and is not a subject of Russia.
const baikonur = { regions: [], zones: ["Asia/Qyzylorda", "Europe/Moscow"] };

/** The regions in a ministry name, such as `г. Москва * Московская область`. */
function findRegions(name: string): { regions: string[]; zones: string[] } {
  if (name === "Российская Федерация") return everywhere;
  if (/байкон/i.test(name)) return baikonur;
  const found = known.filter((region) => region.name.test(name));
  if (found.length === 0) throw new Error(`A region without a name here: ${name}`);
  return {
    regions: found.map(({ region }) => region),
    zones: union(found.map(({ zones }) => zones)),
  };
}

/** Count of seven-digit numbers that share a prefix of this length. */
const sizeAt = (length: number): number => 10 ** (7 - length);

/**
 * The fewest prefixes of seven digits that cover a range, such as 12 and 130 for 1200000–1309999.
 */
function coverRange(from: number, to: number): string[] {
  const beginnings: string[] = [];
  for (let start = from; start <= to;) {
    let length = 7;
    while (length > 0 && start % sizeAt(length - 1) === 0 && start + sizeAt(length - 1) - 1 <= to) {
      length -= 1;
    }
    beginnings.push(String(start).padStart(7, "0").slice(0, length));
    start += sizeAt(length);
  }
  return beginnings;
}

/** Moscow and its region share 495 to 499, whichever of them the table names. */
const moscow = findRegions("Москва, Московская");

/** Russian mobile ranges, and landlines by the first three digits. */
export function russianPlaces(): Places {
  const places: Places = new Map();
  for (const [code, name] of readRussianLandlines()) {
    if (!/^[348]/.test(code)) continue;
    places.set(`7${code}`, {
      country: "RU",
      ...(/^49[5689]/.test(code) ? moscow : findRegions(name)),
    });
  }
  for (const { code, from, to, region } of readRussianRanges()) {
    // The file also holds a hundred rows of landline codes, which contradict the codes' own regions.
    if (!/^9\d\d$/.test(code)) continue;
    const place = { country: "RU", ...findRegions(region) };
    for (const beginning of coverRange(from, to)) places.set(`7${code}${beginning}`, place);
  }
  // Reserved for Kazakhstan, although none of these numbers is in use.
  places.set("76", { country: "KZ", regions: [], zones: zonesOfCountry("KZ") });
  return places;
}
