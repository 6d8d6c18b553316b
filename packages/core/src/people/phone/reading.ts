import { getCountries, getCountryCallingCode } from "libphonenumber-js/max";

/** Calling codes of the regions (ISO 3166-1) that a number can be read in. */
const callingCodes = new Map<string, number>(
  getCountries().map((country) => [country, Number(getCountryCallingCode(country))]),
);

export const callingCodeOf = (region: string): number | null => callingCodes.get(region) ?? null;

/** Where numbers of eleven digits are written without a trunk prefix, and begin with 1 or 7 too. */
const elevenDigitRegions = new Set(["BR", "CN"]);

/**
 * How digits are meant: with their calling code first; behind `00`; behind the trunk prefix 8 of +7;
 * as national ones of +7 or +1; or as libphonenumber reads them in the region, which comes first for
 * what else would be international, where the region says so.
 */
export type Reading =
  | "international"
  | "after-00"
  | "after-8"
  | "national"
  | "in-region"
  | "in-region-first";

/**
 * The reading of `count` digits of which the first two are given; both readers go by it. The region
 * (ISO 3166-1) serves only for what is written without its calling code (contract 1).
 */
export function readingOf(
  hasPlus: boolean,
  count: number,
  first: number,
  second: number,
  region: string,
): Reading {
  if (hasPlus) return "international";
  if (first === 0 && second === 0) return "after-00";
  if (count === 11 && (first === 7 || first === 1)) {
    return elevenDigitRegions.has(region) ? "in-region-first" : "international";
  }
  if (count !== 10 && (count !== 11 || first !== 8)) return "in-region";
  const code = callingCodeOf(region);
  if (count === 10 && (code === 7 || code === 1)) return "national";
  return code === 7 ? "after-8" : "in-region";
}
