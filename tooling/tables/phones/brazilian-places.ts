import codes from "./brazilian-codes.json" with { type: "json" };
import { zonesOfStates } from "./country-zones.ts";
import { type Places, union } from "./place.ts";

/**
 * Brazilian numbers, mobile ones too, by the area code of their state (Anatel, resolution
 * 263/2001).
 */
export function brazilianPlaces(): Places {
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
