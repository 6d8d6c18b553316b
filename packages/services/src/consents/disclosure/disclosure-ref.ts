/** A version of a text, as rows and requests name it. */
export type DisclosureRef = { id: string; version: number };
