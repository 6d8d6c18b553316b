import metadata from "libphonenumber-js/max/metadata";

// The order in which libphonenumber-js checks types, after FIXED_LINE, and the order in which it
// stores them.
const typesInCheckOrder = [
  "MOBILE",
  "PREMIUM_RATE",
  "TOLL_FREE",
  "SHARED_COST",
  "VOIP",
  "PERSONAL_NUMBER",
  "PAGER",
  "UAN",
  "VOICEMAIL",
] as const;
const typesInStorageOrder = [
  "FIXED_LINE",
  "MOBILE",
  "TOLL_FREE",
  "PREMIUM_RATE",
  "PERSONAL_NUMBER",
  "VOICEMAIL",
  "UAN",
  "PAGER",
  "VOIP",
  "SHARED_COST",
] as const;

export type NumberType = (typeof typesInStorageOrder)[number];
export const typesAfterFixedLine: readonly NumberType[] = typesInCheckOrder;

/** A country's numbers as libphonenumber knows them: regular expressions over national digits. */
export type CountryPlan = {
  /** Null for a code that belongs to no country, such as 800. */
  country: string | null;
  all: string;
  /** Pattern that identifies the country among those that share a calling code. */
  leading: string | null;
  types: { type: NumberType; pattern: string; lengths: number[] }[];
  /** True if mobile numbers look like landlines here. */
  mixesMobile: boolean;
  /** Possible numbers of digits of a landline or mobile number after the calling code. */
  lengths: number[];
};

/**
 * The countries of one calling code. The first is the main one, whose trunk prefix counts for all.
 */
export type CodePlan = {
  code: string;
  countries: CountryPlan[];
  trunk: string | null;
  /** True if the trunk prefix is rewritten and not only dropped. */
  isRewritten: boolean;
};

// Fields of the packed metadata (libphonenumber-js, METADATA.md), which are untyped.
const packedFields = {
  trunk: 5,
  trunkForParsing: 7,
  trunkRewrite: 8,
  leading: 10,
  types: 11,
} as const;
type Packed = (typeof metadata.countries)["US"] & {};

function toCountryPlan(country: string | null, packed: Packed): CountryPlan {
  const types: CountryPlan["types"] = [];
  for (const [index, type] of typesInStorageOrder.entries()) {
    const [pattern, lengths]: [string?, number[]?] = packed[packedFields.types][index] || [];
    if (pattern) types.push({ type, pattern, lengths: lengths ?? packed[3] });
  }
  const [mobilePattern]: [string?] = packed[packedFields.types][1] || [];
  const usual = types.filter(({ type }) => type === "FIXED_LINE" || type === "MOBILE");
  return {
    country,
    all: packed[2],
    leading: packed[packedFields.leading] || null,
    types,
    mixesMobile: !mobilePattern,
    lengths: usual.length > 0 ? usual.flatMap(({ lengths }) => lengths) : packed[3],
  };
}

function toCodePlan(
  code: string,
  members: readonly [string | null, Packed | undefined][],
): CodePlan {
  const countries = members.flatMap(([country, packed]) =>
    packed === undefined ? [] : [{ plan: toCountryPlan(country, packed), packed }],
  );
  const main = countries[0]?.packed ?? [];
  return {
    code,
    countries: countries.map(({ plan }) => plan),
    trunk: main[packedFields.trunkForParsing] || main[packedFields.trunk] || null,
    isRewritten: Boolean(main[packedFields.trunkRewrite]),
  };
}

/** Every calling code of the world. */
export const codePlans: readonly CodePlan[] = [
  ...Object.entries(metadata.country_calling_codes).map(([code, countries]) =>
    toCodePlan(
      code,
      countries.map((country) => [country, metadata.countries[country]] as const),
    ),
  ),
  ...Object.entries(metadata.nonGeographic).map(([code, packed]) =>
    toCodePlan(code, [[null, packed]]),
  ),
];
