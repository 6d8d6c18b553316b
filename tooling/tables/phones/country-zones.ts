import { union } from "./place.ts";
import { readCountryZones } from "./sources.ts";
import states from "./states.json" with { type: "json" };

/** Years in which zones must agree to count as one, because past calls are checked too. */
const years = { from: 2020, to: 2030 } as const;

const instants = Array.from({ length: (years.to - years.from + 1) * 24 }, (_, halfMonth) =>
  Date.UTC(years.from, Math.floor(halfMonth / 2), halfMonth % 2 === 0 ? 1 : 15, 12),
);

/** A zone's offsets over the years, in a form that is equal for zones that agree. */
function describeClock(zone: string): string {
  const format = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  return instants.map((instant) => format.format(instant).split(", ")[1]).join();
}

/** Keeps one zone for each clock of a country. */
function distinctClocks(zones: string[]): string[] {
  if (zones.length === 1) return zones;
  const byClock = new Map(zones.toReversed().map((zone) => [describeClock(zone), zone]));
  return [...byClock.values()].toReversed();
}

// Xinjiang informally uses a clock of its own, but the legal time of all China is Beijing's.
const unofficial = "Asia/Urumqi";
const listed = new Map(
  [...readCountryZones()].map(([country, zones]) => [
    country,
    zones.filter((zone) => zone !== unofficial),
  ]),
);

/** Zones by state (ISO 3166-2), for the countries whose states are listed by hand. */
export const zonesOfStates: Map<string, string[]> = new Map(
  Object.entries(states).flatMap(([country, ofCountry]) =>
    Object.entries(ofCountry).map(([state, zones]) => [`${country}-${state}`, zones] as const),
  ),
);

/** The zones of all states of a country. */
export const zonesOfAllStates = (country: string, zones: Map<string, string[]>): string[] =>
  union(
    [...zones].flatMap(([state, ofState]) => (state.startsWith(`${country}-`) ? [ofState] : [])),
  );

const all = new Map(
  [...listed].map(([country, zones]) => {
    const ofStates = zonesOfAllStates(country, zonesOfStates);
    return [country, ofStates.length > 0 ? ofStates : distinctClocks(zones)] as const;
  }),
);

/**
 * Every zone of a country (ISO 3166-1) with a distinct clock; none for a country that tzdb does not
 * know.
 */
export const zonesOfCountry = (country: string): string[] => all.get(country) ?? [];

/**
 * Keeps the zones of a prefix that belong to its country; all zones of the country if none does.
 */
export function zonesWithin(country: string, candidates: string[]): string[] {
  const zones = zonesOfCountry(country);
  if (zones.length <= 1) return zones;
  // libphonenumber names a neighbor's city whose clock once agreed, so names from elsewhere are
  // ignored.
  const inCountry = candidates.filter((zone) => listed.get(country)?.includes(zone));
  return inCountry.length > 0 ? inCountry : zones;
}
