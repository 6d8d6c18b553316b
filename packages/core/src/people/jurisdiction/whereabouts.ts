import { type PhonePlan, listRegionZones } from "../phone/index.ts";
import type { JurisdictionId } from "./jurisdiction.ts";
import { type RuleBook, deriveFromBook, findJurisdiction } from "./rule-book.ts";

/** Home of one of the people who share a phone: IANA time zone and ISO 3166 region, each null if not on record. */
export type Home = { zone: string | null; region: string | null };

/** Places and time zones where the person may be. Without jurisdictions or zones, the call is refused. */
export type Whereabouts = {
  /** Jurisdictions whose rules apply. Empty if the rules of one are unknown. */
  jurisdictions: readonly JurisdictionId[];
  /**
   * ISO 3166-2 suffixes (`TX`, `RJ`) of the number and of every address. Empty if one is unknown in a country whose
   * own rules have a condition on the state (`when.state`, as in Brazil): then these rules apply whatever their state.
   */
  states: readonly string[];
  /**
   * ISO 3166 codes of the number and of every address (`ES-M`). A country alone (`ES`) means that the region is
   * unknown.
   */
  regions: readonly string[];
  /** IANA names of the zones where the person may be. All of them must be open. Empty if one is unknown. */
  zones: readonly string[];
};

/**
 * Finds where a call may go: the place and zone of its number, and those of every address and zone on record,
 * because any of them may be out of date. All of them count, and none allows what another refuses
 * (contract 4).
 */
export function findWhereabouts(
  law: RuleBook,
  plan: PhonePlan,
  onRecord: readonly Home[],
): Whereabouts {
  const homes = onRecord.length > 0 ? onRecord : [unknownHome];
  const regions = [...new Set(homes.flatMap((home) => listHomeRegions(plan, home)))];
  return {
    jurisdictions: findJurisdictions(law, regions),
    states: findStates(law, regions),
    regions,
    zones: findZones(plan, homes),
  };
}

const unknownHome: Home = { zone: null, region: null };

/**
 * Lists the regions of one home: those of the number, and that of the address. If the number or this address names a
 * state, the country alone is left out. Other homes do not matter.
 */
function listHomeRegions({ country, regions }: PhonePlan, { region }: Home): readonly string[] {
  const ofNumber = regions.length > 0 ? regions : [country ?? ""];
  if (region === null || region === country) return ofNumber;
  return toCountry(region) === country ? [...regions, region] : [...ofNumber, region];
}

const toCountry = (region: string) => region.slice(0, 2);
const stateIn = (region: string) => region.split("-").slice(1);

/** Returns the jurisdictions of all regions, or none if one is unknown. */
function findJurisdictions(law: RuleBook, regions: readonly string[]): JurisdictionId[] {
  const found = regions.flatMap((region) => [
    ...(groupStatesWithRules(law).get(region) ?? []),
    findJurisdiction(law, region),
  ]);
  const known = found.filter((id) => id !== null);
  return known.length === found.length ? [...new Set(known)] : [];
}

/**
 * States that are jurisdictions of their own (`US-TX`), by country. If the state is unknown, the rules of any may
 * apply.
 */
const groupStatesWithRules = deriveFromBook(
  ({ jurisdictions }): ReadonlyMap<string, JurisdictionId[]> =>
    Map.groupBy(
      [...jurisdictions.keys()].filter((id) => stateIn(id).length > 0),
      toCountry,
    ),
);

/** Returns the states of all regions, or none if one is unknown in a country whose rules need it. */
function findStates(law: RuleBook, regions: readonly string[]): string[] {
  const countriesThatNeedState = findCountriesThatNeedState(law);
  const lacksState = (region: string) =>
    stateIn(region).length === 0 && countriesThatNeedState.has(toCountry(region));
  return regions.some(lacksState) ? [] : [...new Set(regions.flatMap(stateIn))];
}

/** Countries whose own rules have a condition on the state (`when.state`). */
const findCountriesThatNeedState = deriveFromBook(
  ({ rules }) =>
    new Set(
      rules
        .filter(({ when }) => when.state !== undefined)
        .map(({ jurisdiction }) => toCountry(jurisdiction)),
    ),
);

/** Returns the zones of all homes, or none if one is unknown. */
function findZones(plan: PhonePlan, homes: readonly Home[]): string[] {
  const found = homes.map((home) => listZonesOfHome(plan, home));
  return found.every(({ length }) => length > 0) ? [...new Set(found.flat())] : [];
}

function listZonesOfHome({ country, zones }: PhonePlan, { zone, region }: Home): readonly string[] {
  const zonesWithoutRegion = [...zones, ...(zone === null ? [] : [zone])];
  // The numbering plan is more precise than the country alone.
  if (region === null || (region === country && zones.length > 0)) return zonesWithoutRegion;
  return [...zonesWithoutRegion, ...listRegionZones(region)];
}
