import { sharedFloats, sharedInts } from "../../platform/shared-memory.ts";

/**
 * Gives numbers places from 0 on, in the order in which they come: open addressing over typed arrays,
 * for a `Map` of millions takes ten times the room and the time. Threads may share one that grows no more.
 */
export type NumberIndex = {
  size: number;
  /** Slot to place + 1, behind some bits of the number's hash: most other numbers are told by these; 0 is free. */
  slots: Int32Array;
  /** Place to number. */
  numbers: Float64Array;
};

/** So many slots for each number at least: of twice as many, every third number would stand in another's way. */
export const SLOTS_EACH = 4;

/** Of a slot, the bits of its place; those above are of the hash. */
const PLACE_BITS = 2 ** 27 - 1;
const HASH_BITS = ~PLACE_BITS;

export const createNumberIndex = (expected = 1_024): NumberIndex => {
  const capacity = 2 ** Math.ceil(Math.log2(Math.max(1_024, expected)));
  return { size: 0, slots: sharedInts(capacity * SLOTS_EACH), numbers: sharedFloats(capacity) };
};

/** The place of a number, or -1. */
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
 * Writes the place of each number, or -1: in short loops, so that the processor reaches into memory for
 * many at once.
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
    // Another number stood there, so that its own place lies farther on, if there is one.
    else places[at] = place === -1 ? -1 : findNumber(index, number);
  }
}

/** The place of a number, which it is given if it has none. */
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

/** Of the low and the high bits: a number has less than 53. */
function hashNumber(number: number): number {
  const mixed = Math.imul(number | 0, 0x9e3779b1) ^ Math.imul((number / 2 ** 32) | 0, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
