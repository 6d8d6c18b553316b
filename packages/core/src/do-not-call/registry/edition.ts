import { z } from "zod";
import { BLOCK_BYTES, type Bits } from "./numbers/blocks.ts";
import { type NumberSet, findBits } from "./numbers/number-set.ts";

/** The content of one publication of a registry: a full list, or the changes since the previous one. */
export type Edition = {
  /** All numbers, or only the changes since the previous edition. */
  kind: "full" | "change";
  /**
   * True if the content was made of answers about numbers that were asked about. Such changes need no full
   * list before them, and the same answers may come again. Never true for Singapore's result files, which are read
   * as whole lists.
   */
  isFromAnswers: boolean;
  added: NumberSet;
  removed: NumberSet;
  /** ISO 3166-1 of the country whose numbers the registry lists. */
  region: string;
  /** Areas that a full list covers. Empty: it covers every number. Always empty for changes, which keep the areas. */
  areas: readonly number[];
  /** The publisher's date, `2026-08-05`; null if the files have none. */
  publishedOn: string | null;
  /** The latest instant among the changes, by the publisher's clock; null if the files have none. */
  changedUntil: Date | null;
  /** Lines of the files, or numbers that were answered about. */
  lines: number;
  /** Lines that could not be read, within the share that the mapping allows. */
  unreadable: number;
};

/**
 * Count of listed numbers in each area that a registry covers: `{ "1818": 734123 }`. Empty: it covers every
 * number.
 */
export const AreaCounts = z.record(z.string().regex(/^\d+$/), z.int().nonnegative());
export type AreaCounts = z.infer<typeof AreaCounts>;

/**
 * Applies an edition to one block and returns the new bits. A block without numbers is undefined, or zeros if changes
 * emptied it. Of a number that is both added and removed, the removal counts.
 */
export function applyToBlock(
  { kind, added, removed }: Edition,
  block: number,
  before: Bits | undefined,
): Bits | undefined {
  const more = findBits(added, block);
  if (kind === "full") return more;

  const fewer = findBits(removed, block);
  const after = new Uint8Array(BLOCK_BYTES);
  for (let index = 0; index < BLOCK_BYTES; index++) {
    after[index] = ((before?.[index] ?? 0) | (more?.[index] ?? 0)) & ~(fewer?.[index] ?? 0);
  }
  return after;
}
