import { BLOCK_BYTES } from "../blocks.ts";
import { bitsFor, bitsIn, emptySet, type NumberSet } from "../number-set.ts";

/**
 * All numbers of some blocks but those of a set: where a registry only names who is free to call, of
 * everybody else nothing is known, and what we cannot check refuses.
 */
export function allBut(free: NumberSet, blocks: Iterable<number>): NumberSet {
  const rest = emptySet();
  for (const block of blocks) {
    const bits = bitsFor(rest, block);
    const known = bitsIn(free, block);
    for (let index = 0; index < BLOCK_BYTES; index++) bits[index] = ~(known?.[index] ?? 0);
  }
  return rest;
}

/** +65 3, 6, 8 and 9: forty million numbers, which take five megabytes. */
export function* blocksOfSingapore(): Generator<number> {
  for (const first of [3, 6, 8, 9]) {
    for (let index = 0; index < 1_000; index++) yield 650_000 + first * 1_000 + index;
  }
}
