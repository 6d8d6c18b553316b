/** A version of a disclosure. */
export type DisclosureRef = { id: string; version: number };
