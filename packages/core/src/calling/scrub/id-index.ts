import { SLOTS_EACH } from "./number-index.ts";

/**
 * Index of 16-byte IDs (RFC 9562): gives each a position, from 0 in order of arrival. IDs are read in place in their
 * buffer, because creating millions of strings would cost more than everything else.
 */
export type IdIndex = {
  size: number;
  /** The position + 1 in each slot; 0 is free. */
  slots: Int32Array;
  /** The IDs by position: four integers each. */
  ids: Int32Array;
};

const WORDS = 4;

/** Creates an empty index with room for so many IDs. It grows if there are more. */
export const createIdIndex = (expected = 1_024): IdIndex => {
  const capacity = 2 ** Math.ceil(Math.log2(Math.max(1_024, expected)));
  return {
    size: 0,
    slots: new Int32Array(capacity * SLOTS_EACH),
    ids: new Int32Array(capacity * WORDS),
  };
};

/** Finds the position of the ID whose bytes begin at `at`, or -1. */
export function findId(index: IdIndex, bytes: Uint8Array, at: number): number {
  const { slots, ids } = index;
  const mask = slots.length - 1;
  const [a, b, c, d] = [
    wordAt(bytes, at),
    wordAt(bytes, at + 4),
    wordAt(bytes, at + 8),
    wordAt(bytes, at + 12),
  ];
  for (let slot = hashId(c, d) & mask; ; slot = (slot + 1) & mask) {
    const position = (slots[slot] ?? 0) - 1;
    if (position === -1) return -1;
    const first = position * WORDS;
    const isFound =
      ids[first + 3] === d && ids[first + 2] === c && ids[first + 1] === b && ids[first] === a;
    if (isFound) return position;
  }
}

/**
 * Finds the position of the ID that begins at each of `ats`, or -1. Its loops are short, so that the processor reads
 * memory for many ids at once.
 */
export function findIds(index: IdIndex, bytes: Uint8Array, ats: Int32Array): Int32Array {
  const { slots, ids } = index;
  const mask = slots.length - 1;
  const positions = new Int32Array(ats.length);
  for (let row = 0; row < ats.length; row++) {
    const at = ats[row] ?? 0;
    const hash = hashId(wordAt(bytes, at + 8), wordAt(bytes, at + 12));
    positions[row] = (slots[hash & mask] ?? 0) - 1;
  }
  for (let row = 0; row < ats.length; row++) {
    const [position, at] = [positions[row] ?? -1, ats[row] ?? 0];
    // The slot belongs to another ID, so this one is further on, if it is indexed.
    if (position !== -1 && !isAt(ids, position, bytes, at))
      positions[row] = findId(index, bytes, at);
  }
  return positions;
}

const isAt = (ids: Int32Array, position: number, bytes: Uint8Array, at: number) =>
  ids[position * WORDS] === wordAt(bytes, at) &&
  ids[position * WORDS + 1] === wordAt(bytes, at + 4) &&
  ids[position * WORDS + 2] === wordAt(bytes, at + 8) &&
  ids[position * WORDS + 3] === wordAt(bytes, at + 12);

/** Returns the position of the ID whose bytes begin at `at`, and assigns the next one if it has none. */
export function indexId(index: IdIndex, bytes: Uint8Array, at: number): number {
  const found = findId(index, bytes, at);
  if (found !== -1) return found;
  if ((index.size + 1) * WORDS > index.ids.length) grow(index);
  const position = index.size++;
  for (let word = 0; word < WORDS; word++) {
    index.ids[position * WORDS + word] = wordAt(bytes, at + word * 4);
  }
  occupy(index, position);
  return position;
}

function grow(index: IdIndex) {
  const ids = new Int32Array(index.ids.length * 2);
  ids.set(index.ids);
  index.ids = ids;
  index.slots = new Int32Array(index.slots.length * 2);
  for (let position = 0; position < index.size; position++) occupy(index, position);
}

function occupy({ slots, ids }: IdIndex, position: number) {
  const mask = slots.length - 1;
  let slot = hashId(ids[position * WORDS + 2] ?? 0, ids[position * WORDS + 3] ?? 0) & mask;
  while (slots[slot] !== 0) slot = (slot + 1) & mask;
  slots[slot] = position + 1;
}

const wordAt = (bytes: Uint8Array, at: number) =>
  ((bytes[at] ?? 0) << 24) |
  ((bytes[at + 1] ?? 0) << 16) |
  ((bytes[at + 2] ?? 0) << 8) |
  (bytes[at + 3] ?? 0);

/** Hashes the second half of an ID, which is random in every UUID version that we create. */
function hashId(c: number, d: number): number {
  const mixed = Math.imul(c, 0x9e3779b1) ^ Math.imul(d, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
