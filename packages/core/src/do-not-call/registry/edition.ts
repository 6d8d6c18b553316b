import { z } from "zod";
import { BLOCK_BYTES, type Bits } from "./numbers/blocks.ts";
import { type NumberSet, bitsIn } from "./numbers/number-set.ts";

/** What the files of a registry say, read whole. */
export type Edition = {
  /** All numbers, or only what became of them since. */
  kind: "full" | "change";
  /**
   * Whether the changes are answers about numbers that somebody asked about: they need no list that they
   * change, and the same may be answered again.
   */
  isAnswer: boolean;
  added: NumberSet;
  removed: NumberSet;
  /** ISO 3166-1 of the country whose numbers the registry lists. */
  region: string;
  /** The areas for which a full list answers; empty: for every number. */
  areas: readonly number[];
  /** The publisher's own date, `2026-08-05`, where the files tell one. */
  publishedOn: string | null;
  /** The last instant of which changes tell, by the publisher's own clock; null where none is told. */
  changedUntil: Date | null;
  lines: number;
  /** Lines that could not be read, where the mapping lets that pass. */
  unreadable: number;
};

/**
 * How many numbers are listed in each area (`{ "1818": 734123 }`) for which a registry answers.
 * Empty: it answers for every number.
 */
export const AreaCounts = z.record(z.string().regex(/^\d+$/), z.int().nonnegative());
export type AreaCounts = z.infer<typeof AreaCounts>;

/** A block as it is with the edition, given how it was. */
export function bitsAfter(
  { kind, added, removed }: Edition,
  block: number,
  before: Bits | undefined,
): Bits | undefined {
  const more = bitsIn(added, block);
  if (kind === "full") return more;

  const fewer = bitsIn(removed, block);
  const after = new Uint8Array(BLOCK_BYTES);
  for (let index = 0; index < BLOCK_BYTES; index++) {
    after[index] = ((before?.[index] ?? 0) | (more?.[index] ?? 0)) & ~(fewer?.[index] ?? 0);
  }
  return after;
}
