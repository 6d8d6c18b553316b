import { type JurisdictionId, jurisdictionOf } from "@ringfence/core/jurisdiction";
import { type PhonePlan, zonesOfRegion } from "@ringfence/core/phone";
import type { ScreeningFacts } from "@ringfence/core/screening";

/** Where one of those whose phone it is says they live: a zone by its IANA name, a region of ISO 3166. */
type Home = { zone: string | null; region: string | null };
const untold: Home = { zone: null, region: null };

/**
 * Where a call goes: the places whose rules hold, their states, and the zones of which every one must be
 * open. What a person does not tell of where they live, the numbering plan does (contract 4).
 */
export function whereaboutsOf(
  plan: PhonePlan,
  told: readonly Home[],
): Pick<ScreeningFacts, "jurisdictions" | "states" | "zones"> {
  const homes = told.length > 0 ? told : [untold];
  return {
    jurisdictions: jurisdictionsOf(plan, homes),
    states: statesOf(plan, homes),
    zones: [...new Set(homes.flatMap((home) => zonesOf(plan, home)))],
  };
}

/** The rules of the number's place and of the address's; if those of one are not known, none are. */
function jurisdictionsOf({ country, regions }: PhonePlan, homes: readonly Home[]) {
  const ofNumber = regions.length > 0 ? regions : [country ?? ""];
  const addresses = homes.flatMap(({ region }) => region ?? []);
  const found = [...ofNumber, ...addresses].map(jurisdictionOf);
  const known = found.filter((id): id is JurisdictionId => id !== null);
  return known.length === found.length ? [...new Set(known)] : [];
}

/** The states of all of them; if that of one is not known, none are. */
function statesOf(plan: PhonePlan, homes: readonly Home[]): string[] {
  const states = homes.map(({ region }) =>
    tellsMore(region, plan) ? stateIn(region) : plan.regions.flatMap(stateIn),
  );
  return states.every(({ length }) => length > 0) ? [...new Set(states.flat())] : [];
}

const stateIn = (region: string) => region.split("-").slice(1);

function zonesOf(plan: PhonePlan, { zone, region }: Home): readonly string[] {
  if (zone !== null) return [zone];
  const ofRegion = region === null ? [] : zonesOfRegion(region);
  const isAsked = tellsMore(region, plan) || plan.zones.length === 0;
  return isAsked && ofRegion.length > 0 ? ofRegion : plan.zones;
}

/** The country of a number is known by its code: an address that names no more tells no state and no zone. */
const tellsMore = (region: string | null, { country }: PhonePlan): region is string =>
  region !== null && region !== country;
