/** Place where numbers with a common prefix are used, as far as their digits tell. */
export type Place = {
  /** ISO 3166-1; null if no single country is meant. */
  country: string | null;
  /** ISO 3166-2; several for a shared code, none if unknown. */
  regions: string[];
  /** IANA names of every possible zone; none if unknown. */
  zones: string[];
};

/** Locations by E.164 prefix; the longest counts. */
export type Places = Map<string, Place>;

export const union = <T>(lists: Iterable<T[]>): T[] => [...new Set([...lists].flat())];
