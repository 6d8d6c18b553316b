import { sharedFloats, sharedInts } from "../../platform/shared-memory.ts";

/**
 * Index of phone numbers, numbered from 0 in order of arrival. It uses open addressing over typed arrays: a
 * `Map` of millions takes ten times the memory and time. Threads may share an index that no longer grows.
 */
export type NumberIndex = {
  size: number;
  /** Slot to place + 1, with bits of the number's hash above, which rule out most other numbers. 0 is free. */
  slots: Int32Array;
  /** Place to number. */
  numbers: Float64Array;
};

/** Minimum slots per number. With half as many, every third number would collide. */
export const SLOTS_EACH = 4;

/** Bits of a slot that hold the place. The bits above hold the hash. */
const PLACE_BITS = 2 ** 27 - 1;
const HASH_BITS = ~PLACE_BITS;

export const createNumberIndex = (expected = 1_024): NumberIndex => {
  const capacity = 2 ** Math.ceil(Math.log2(Math.max(1_024, expected)));
  return { size: 0, slots: sharedInts(capacity * SLOTS_EACH), numbers: sharedFloats(capacity) };
};

/** Finds the place of a number, or -1. */
export function findNumber({ slots, numbers }: NumberIndex, number: number): number {
  const mask = slots.length - 1;
  const hash = hashNumber(number);
  for (let at = hash & mask; ; at = (at + 1) & mask) {
    const slot = slots[at] ?? 0;
    if (slot === 0) return -1;
    if (((slot ^ hash) & HASH_BITS) !== 0) continue;
    const place = (slot & PLACE_BITS) - 1;
    if (numbers[place] === number) return place;
  }
}

/**
 * Writes the place of each number, or -1. The loops are short so that the processor fetches many memory
 * locations at once.
 */
export function findNumbers(index: NumberIndex, sought: Float64Array, places: Int32Array) {
  const { slots, numbers } = index;
  const mask = slots.length - 1;
  for (let at = 0; at < sought.length; at++) {
    places[at] = slots[hashNumber(sought[at] ?? 0) & mask] ?? 0;
  }
  for (let at = 0; at < sought.length; at++) {
    const [slot, number] = [places[at] ?? 0, sought[at] ?? 0];
    const place = (slot & PLACE_BITS) - 1;
    const mayBe = place !== -1 && ((slot ^ hashNumber(number)) & HASH_BITS) === 0;
    if (mayBe && numbers[place] === number) places[at] = place;
    // The slot belongs to another number, so this one is further on, if it is indexed.
    else places[at] = place === -1 ? -1 : findNumber(index, number);
  }
}

/** Returns the place of a number, and adds the number if it is new. */
export function indexNumber(index: NumberIndex, number: number): number {
  const found = findNumber(index, number);
  if (found !== -1) return found;
  if (index.size === PLACE_BITS) throw new Error("more numbers than there are places");
  if (index.size === index.numbers.length) grow(index);
  const place = index.size++;
  index.numbers[place] = number;
  occupy(index.slots, number, place);
  return place;
}

function grow(index: NumberIndex) {
  const numbers = sharedFloats(index.numbers.length * 2);
  numbers.set(index.numbers);
  index.numbers = numbers;
  index.slots = sharedInts(index.slots.length * 2);
  for (let place = 0; place < index.size; place++) {
    occupy(index.slots, numbers[place] ?? 0, place);
  }
}

function occupy(slots: Int32Array, number: number, place: number) {
  const mask = slots.length - 1;
  const hash = hashNumber(number);
  let at = hash & mask;
  while (slots[at] !== 0) at = (at + 1) & mask;
  slots[at] = (hash & HASH_BITS) | (place + 1);
}

/** Hashes the low and the high bits of a number, which has fewer than 53. */
function hashNumber(number: number): number {
  const mixed = Math.imul(number | 0, 0x9e3779b1) ^ Math.imul((number / 2 ** 32) | 0, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
