import { zonesOfAllStates, zonesOfCountry, zonesOfStates } from "./country-zones.ts";
import { nanpPlaces } from "./nanp-places.ts";
import { union } from "./place.ts";
import { zonesOfRussianRegions } from "./russian-places.ts";
import { sources, readCountryZones } from "./sources.ts";

/** Gives each US state the zones of the area codes that serve it alone. */
function zonesOfUsStates(): Map<string, string[]> {
  const served = [...nanpPlaces(() => null).values()].filter(
    ({ country, regions }) => country === "US" && regions.length === 1,
  );
  return new Map(
    [...Map.groupBy(served, ({ regions }) => regions.join())].map(([region, places]) => [
      region,
      union(places.map(({ zones }) => zones)),
    ]),
  );
}

/** US territories, which ISO 3166-1 and tzdb also treat as countries. */
const territories = new Set(["US-AS", "US-GU", "US-MP", "US-PR", "US-VI"]);

/** Makes `regions.json`: the zones of countries, and of the states of divided ones. */
export function buildRegionTable() {
  const usStates = zonesOfUsStates();
  const states = new Map([...usStates, ...zonesOfStates, ...zonesOfRussianRegions]);
  const divided = ["AU", "BR", "CA", "RU", "US"];
  const mainland = new Map([...states].filter(([state]) => !territories.has(state)));
  const countries = [...readCountryZones().keys()].map((country) => {
    const isDivided = divided.includes(country);
    return [
      country,
      isDivided ? zonesOfAllStates(country, mainland) : zonesOfCountry(country),
    ] as const;
  });
  const sorted = [...countries, ...states].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { sources, divided, zones: Object.fromEntries(sorted) };
}
