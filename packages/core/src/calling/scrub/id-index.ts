import { SLOTS_EACH } from "./number-index.ts";

/**
 * Index of 16-byte IDs (RFC 9562), numbered from 0 in order of arrival. IDs are read in place in their buffer,
 * because creating millions of strings would cost more than everything else.
 */
export type IdIndex = {
  size: number;
  /** Slot to place + 1; 0 is free. */
  slots: Int32Array;
  /** Place to id: four integers each. */
  ids: Int32Array;
};

const WORDS = 4;

export const createIdIndex = (expected = 1_024): IdIndex => {
  const capacity = 2 ** Math.ceil(Math.log2(Math.max(1_024, expected)));
  return {
    size: 0,
    slots: new Int32Array(capacity * SLOTS_EACH),
    ids: new Int32Array(capacity * WORDS),
  };
};

/** Finds the number of the ID that begins at `at`, or -1. */
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
    const place = (slots[slot] ?? 0) - 1;
    if (place === -1) return -1;
    const first = place * WORDS;
    const isFound =
      ids[first + 3] === d && ids[first + 2] === c && ids[first + 1] === b && ids[first] === a;
    if (isFound) return place;
  }
}

/**
 * Finds the index of the id that begins at each of `ats`, or -1. Its loops are short, so that the processor reads
 * memory for many ids at once.
 */
export function findIds(index: IdIndex, bytes: Uint8Array, ats: Int32Array): Int32Array {
  const { slots, ids } = index;
  const mask = slots.length - 1;
  const places = new Int32Array(ats.length);
  for (let row = 0; row < ats.length; row++) {
    const at = ats[row] ?? 0;
    const hash = hashId(wordAt(bytes, at + 8), wordAt(bytes, at + 12));
    places[row] = (slots[hash & mask] ?? 0) - 1;
  }
  for (let row = 0; row < ats.length; row++) {
    const [place, at] = [places[row] ?? -1, ats[row] ?? 0];
    // The slot belongs to another ID, so this one is further on, if it is indexed.
    if (place !== -1 && !isAt(ids, place, bytes, at)) places[row] = findId(index, bytes, at);
  }
  return places;
}

const isAt = (ids: Int32Array, place: number, bytes: Uint8Array, at: number) =>
  ids[place * WORDS] === wordAt(bytes, at) &&
  ids[place * WORDS + 1] === wordAt(bytes, at + 4) &&
  ids[place * WORDS + 2] === wordAt(bytes, at + 8) &&
  ids[place * WORDS + 3] === wordAt(bytes, at + 12);

/** Returns the index of an id, and assigns one if it has none. */
export function indexId(index: IdIndex, bytes: Uint8Array, at: number): number {
  const found = findId(index, bytes, at);
  if (found !== -1) return found;
  if ((index.size + 1) * WORDS > index.ids.length) grow(index);
  const place = index.size++;
  for (let word = 0; word < WORDS; word++) {
    index.ids[place * WORDS + word] = wordAt(bytes, at + word * 4);
  }
  occupy(index, place);
  return place;
}

function grow(index: IdIndex) {
  const ids = new Int32Array(index.ids.length * 2);
  ids.set(index.ids);
  index.ids = ids;
  index.slots = new Int32Array(index.slots.length * 2);
  for (let place = 0; place < index.size; place++) occupy(index, place);
}

function occupy({ slots, ids }: IdIndex, place: number) {
  const mask = slots.length - 1;
  let slot = hashId(ids[place * WORDS + 2] ?? 0, ids[place * WORDS + 3] ?? 0) & mask;
  while (slots[slot] !== 0) slot = (slot + 1) & mask;
  slots[slot] = place + 1;
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
