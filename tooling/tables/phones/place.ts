/** Where numbers with a common beginning are used, as far as their digits tell. */
export type Place = {
  /** ISO 3166-1, null where no one country is meant. */
  country: string | null;
  /** ISO 3166-2, several for a shared code, none where unknown. */
  regions: string[];
  /** IANA names of every zone that it may be, none where unknown. */
  zones: string[];
};

/** Places by the first digits of E.164; the longest counts. */
export type Places = Map<string, Place>;

export const union = <T>(lists: Iterable<T[]>): T[] => [...new Set([...lists].flat())];
