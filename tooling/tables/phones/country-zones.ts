import { union } from "./place.ts";
import { zonesOfCountries } from "./sources.ts";
import states from "./states.json" with { type: "json" };

/** Years over which zones must agree to count as one: calls of the past are judged too. */
const years = { from: 2020, to: 2030 } as const;

const instants = Array.from({ length: (years.to - years.from + 1) * 24 }, (_, halfMonth) =>
  Date.UTC(years.from, Math.floor(halfMonth / 2), halfMonth % 2 === 0 ? 1 : 15, 12),
);

/** The clock of a zone over the years, in a form that is equal for zones that agree. */
function clockOf(zone: string): string {
  const format = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  return instants.map((instant) => format.format(instant).split(", ")[1]).join();
}

/** One zone for each clock that a country keeps. */
function distinctClocks(zones: string[]): string[] {
  if (zones.length === 1) return zones;
  const byClock = new Map(zones.toReversed().map((zone) => [clockOf(zone), zone]));
  return [...byClock.values()].toReversed();
}

// In Xinjiang people keep a clock of their own, but the legal time of all China is Beijing's.
const unofficial = "Asia/Urumqi";
const listed = new Map(
  [...zonesOfCountries()].map(([country, zones]) => [
    country,
    zones.filter((zone) => zone !== unofficial),
  ]),
);

/** Zones by state (ISO 3166-2), for the countries whose states are written down by hand. */
export const zonesOfStates: Map<string, string[]> = new Map(
  Object.entries(states).flatMap(([country, ofCountry]) =>
    Object.entries(ofCountry).map(([state, zones]) => [`${country}-${state}`, zones] as const),
  ),
);

/** The zones of all states of a country. */
export const zonesOfAllStates = (country: string, zones: Map<string, string[]>): string[] =>
  union([...zones].flatMap(([state, own]) => (state.startsWith(`${country}-`) ? [own] : [])));

const all = new Map(
  [...listed].map(([country, zones]) => {
    const ofStates = zonesOfAllStates(country, zonesOfStates);
    return [country, ofStates.length > 0 ? ofStates : distinctClocks(zones)] as const;
  }),
);

/** Every clock that a country (ISO 3166-1) keeps; none for a country that tzdb does not know. */
export const zonesOfCountry = (country: string): string[] => all.get(country) ?? [];

/** Of the zones that libphonenumber has for a prefix, those of its country; all when it has none. */
export function zonesWithin(country: string, told: string[]): string[] {
  const zones = zonesOfCountry(country);
  if (zones.length <= 1) return zones;
  // It names a neighbor's city for a clock that agreed once: a name from elsewhere is no fact.
  const own = told.filter((zone) => listed.get(country)?.includes(zone));
  return own.length > 0 ? own : zones;
}
