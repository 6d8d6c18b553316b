import { zonesOfCountry } from "./country-zones.ts";
import corrections from "./nanp-corrections.json" with { type: "json" };
import { type Place, type Places, union } from "./place.ts";
import { type AreaCode, readAreaCodes } from "./sources.ts";

const usZones: Record<string, string> = {
  E: "America/New_York",
  C: "America/Chicago",
  M: "America/Denver",
  P: "America/Los_Angeles",
};
const caZones: Record<string, string> = {
  A: "America/Halifax",
  E: "America/Toronto",
  C: "America/Winnipeg",
  M: "America/Edmonton",
  P: "America/Vancouver",
};
/** States where a letter means a zone of their own that has the same clock today. */
const ownZones: Record<string, Record<string, string>> = {
  ID: { M: "America/Boise" },
  OR: { M: "America/Boise" },
  "NEW BRUNSWICK": { A: "America/Moncton" },
};

/** Names in the report that differ from the ISO 3166-2 suffix. */
const regionNames: Record<string, string[]> = {
  CNMI: ["MP"],
  "PUERTO RICO": ["PR"],
  USVI: ["VI"],
  ALBERTA: ["AB"],
  "BRITISH COLUMBIA": ["BC"],
  MANITOBA: ["MB"],
  "NEW BRUNSWICK": ["NB"],
  "NEWFOUNDLAND AND LABRADOR": ["NL"],
  "NOVA SCOTIA - PRINCE EDWARD ISLAND": ["NS", "PE"],
  ONTARIO: ["ON"],
  QUEBEC: ["QC"],
  SASKATCHEWAN: ["SK"],
  "YUKON-NW TERR. - NUNAVUT": ["YT", "NT", "NU"],
};

const corrected = new Map(
  corrections.flatMap(({ codes, zones }) => codes.map((code) => [code, zones] as const)),
);

/** The zones of a row itself: a correction, or else the meaning of its letters in its country. */
function findOwnZones({ code, country, location, zones }: AreaCode): string[] {
  const names = { ...(country === "CANADA" ? caZones : usZones), ...ownZones[location] };
  const letters = /^[ECMPA]+$/.test(zones) ? zones.match(/./g) : null;
  return corrected.get(code) ?? letters?.flatMap((letter) => names[letter] ?? []) ?? [];
}

const isoNames: Record<string, string> = { US: "US", CANADA: "CA" };

function toPlace(
  row: AreaCode,
  rows: AreaCode[],
  findCountry: (prefix: string) => string | null,
): Place {
  const iso = isoNames[row.country] ?? null;
  // A code such as 800 belongs to no one location, and to one country at most.
  if (row.use !== "G") return { country: iso, regions: [], zones: [] };
  if (iso === null) {
    const country = findCountry(`1${row.code}`);
    return { country, regions: [], zones: country === null ? [] : zonesOfCountry(country) };
  }
  const complex = rows.filter(
    ({ code, complex }) =>
      code === row.code || row.complex.includes(code) || complex.includes(row.code),
  );
  return {
    country: iso,
    regions: (regionNames[row.location] ?? [row.location]).map((region) => `${iso}-${region}`),
    zones: union(complex.map(findOwnZones)),
  };
}

/**
 * Area codes of the North American report that have a location. An overlay has the zones of all
 * codes that serve its area. `findCountry` returns the country of a prefix.
 */
export function nanpPlaces(findCountry: (prefix: string) => string | null): Places {
  const rows = readAreaCodes();
  const placed = rows.filter(
    ({ use, location }) => use === "N" || (use === "G" && location !== ""),
  );
  return new Map(placed.map((row) => [`1${row.code}`, toPlace(row, rows, findCountry)]));
}
