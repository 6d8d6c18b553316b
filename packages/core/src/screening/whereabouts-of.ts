import { type JurisdictionId, jurisdictionOf, ruleBook } from "../jurisdiction/index.ts";
import { type PhonePlan, zonesOfRegion } from "../phone/index.ts";
import type { ScreeningFacts } from "./facts.ts";

/** Where one of those whose phone it is says they live: a zone by its IANA name, a region of ISO 3166. */
export type Home = { zone: string | null; region: string | null };

/** The places whose rules a call must keep, their states, and the zones of which every one must be open. */
export type Whereabouts = Pick<ScreeningFacts, "jurisdictions" | "states" | "zones">;

/**
 * Where a call goes: to the place and the clock of its number, and to those of every address and zone that
 * somebody has told us, for nobody knows which of them still holds. All of them count, and none opens what
 * another closes (contract 4).
 */
export function whereaboutsOf(plan: PhonePlan, told: readonly Home[]): Whereabouts {
  const homes = told.length > 0 ? told : [untold];
  const regions = [...new Set(homes.flatMap((home) => regionsOf(plan, home)))];
  return {
    jurisdictions: jurisdictionsOf(regions),
    states: statesOf(regions),
    zones: zonesOf(plan, homes),
  };
}

const untold: Home = { zone: null, region: null };

/** The number's regions and the address. A country alone says nothing where a state of it is named. */
function regionsOf({ country, regions }: PhonePlan, { region }: Home): readonly string[] {
  const ofNumber = regions.length > 0 ? regions : [country ?? ""];
  if (region === null || region === country) return ofNumber;
  return countryOf(region) === country ? [...regions, region] : [...ofNumber, region];
}

const countryOf = (region: string) => region.slice(0, 2);
const stateIn = (region: string) => region.split("-").slice(1);

/** The rules of all regions; if those of one are not known, none are. */
function jurisdictionsOf(regions: readonly string[]): JurisdictionId[] {
  const found = regions.flatMap((region) => [
    ...(statesWithRules.get(region) ?? []),
    jurisdictionOf(region),
  ]);
  const known = found.filter((id) => id !== null);
  return known.length === found.length ? [...new Set(known)] : [];
}

/** Of a country: its states that have rules of their own, any of which may hold where the state is unknown. */
const statesWithRules: ReadonlyMap<string, JurisdictionId[]> = Map.groupBy(
  [...ruleBook.jurisdictions.keys()].filter((id) => stateIn(id).length > 0),
  countryOf,
);

/** The states of all regions; none where one is unknown of a country whose rules ask for it. */
function statesOf(regions: readonly string[]): string[] {
  const isUntold = (region: string) =>
    stateIn(region).length === 0 && countriesThatAsk.has(countryOf(region));
  return regions.some(isUntold) ? [] : [...new Set(regions.flatMap(stateIn))];
}

/** Countries with rules for some states alone. */
const countriesThatAsk = new Set(
  ruleBook.rules
    .filter(({ when }) => when.state !== undefined)
    .map(({ jurisdiction }) => countryOf(jurisdiction)),
);

/** The zones of all homes; if nothing tells that of one, none are known. */
function zonesOf(plan: PhonePlan, homes: readonly Home[]): string[] {
  const found = homes.map((home) => zonesOfHome(plan, home));
  return found.every(({ length }) => length > 0) ? [...new Set(found.flat())] : [];
}

function zonesOfHome({ country, zones }: PhonePlan, { zone, region }: Home): readonly string[] {
  const own = [...zones, ...(zone === null ? [] : [zone])];
  // The plan knows more than that its number is of its own country.
  if (region === null || (region === country && zones.length > 0)) return own;
  return [...own, ...zonesOfRegion(region)];
}
