import { type GeoPermissibleObjects, geoCentroid, geoEqualEarth, geoPath } from "d3-geo";
import { iso31661NumericToAlpha2 } from "iso-3166";
import { feature } from "topojson-client";
import coarseAtlas from "world-atlas/countries-110m.json";
import fineAtlas from "world-atlas/countries-50m.json";

/** Shape of a country on the map. `country` is null for an area without an ISO 3166 code. */
export type CountryShape = { key: string; country: string | null; path: string };

export type WorldShapes = { width: number; height: number; shapes: readonly CountryShape[] };

const WIDTH = 960;
/** Radius of the dot for a country that is too small to draw. */
const DOT = 4;
const ANTARCTICA = "AQ";

/** Territories with a country code of their own in ISO 3166 (`PR`) whose rules are those of a state of another country (`US-PR`). */
const countryByTerritory = new Map([
  ["AS", "US"],
  ["GU", "US"],
  ["MP", "US"],
  ["PR", "US"],
  ["VI", "US"],
]);

/** Returns the country whose rules apply in a country or territory with an ISO 3166 code. */
export const toGoverningCountry = (code: string): string => countryByTerritory.get(code) ?? code;

function toCountry(number: string): string | null {
  const code = iso31661NumericToAlpha2[number.padStart(3, "0")];
  return code === undefined ? null : toGoverningCountry(code);
}

const listCountries = (atlas: typeof coarseAtlas) =>
  feature(atlas, atlas.objects.countries).features.map((drawn, index) => ({
    key: `${index}`,
    country: toCountry(String(drawn.id)),
    drawn,
  }));

/** Caches the last drawing, which takes a tenth of a second. The countries change only with the law. */
let last: { key: string; world: WorldShapes } | undefined;

/**
 * Draws the world without Antarctica. Countries of `dotted` missing from the coarse atlas, such as Singapore, become a
 * dot in the middle of its outline in the fine atlas.
 */
export function drawWorld(dotted: readonly string[]): WorldShapes {
  const key = dotted.join();
  if (last?.key !== key) last = { key, world: drawNewWorld(dotted) };
  return last.world;
}

function drawNewWorld(dotted: readonly string[]): WorldShapes {
  const lands = listCountries(coarseAtlas).filter(({ country }) => country !== ANTARCTICA);
  const world: GeoPermissibleObjects = {
    type: "FeatureCollection",
    features: lands.map(({ drawn }) => drawn),
  };
  const projection = geoEqualEarth().fitWidth(WIDTH, world);
  const path = geoPath(projection).digits(1);
  const [, [, bottom]] = path.bounds(world);
  const drawnCountries = new Set(lands.map(({ country }) => country));
  const missing = new Set(dotted.filter((country) => !drawnCountries.has(country)));
  const dots = listCountries(fineAtlas).flatMap(({ country, drawn }) => {
    const middle = projection(geoCentroid(drawn));
    return country === null || !missing.has(country) || middle === null
      ? []
      : [{ key: country, country, path: drawDot(middle) }];
  });
  const shapes = lands.map(({ key, country, drawn }) => ({
    key,
    country,
    path: path(drawn) ?? "",
  }));
  return { width: WIDTH, height: Math.ceil(bottom), shapes: [...shapes, ...dots] };
}

const drawDot = ([x, y]: [number, number]) =>
  `M${(x - DOT).toFixed(1)},${y.toFixed(1)}a${DOT},${DOT} 0 1,0 ${2 * DOT},0a${DOT},${DOT} 0 1,0 ${-2 * DOT},0Z`;
