import { sharedFloats, sharedInts } from "../../platform/shared-memory.ts";

/**
 * Index of whole numbers (phone numbers, or keys of folded facts): gives each a position, from 0 in order of arrival.
 * It uses open addressing over typed arrays: a `Map` of millions takes ten times the memory and time. Threads may share
 * an index that no longer grows.
 */
export type NumberIndex = {
  size: number;
  /** The position + 1 in each slot, with bits of the number's hash above, which rule out most other numbers. 0 is free. */
  slots: Int32Array;
  /** The numbers by position. */
  numbers: Float64Array;
};

/** Minimum slots per number. With half as many, every third number would collide. */
export const SLOTS_EACH = 4;

/** Bits of a slot that hold the position. The bits above hold the hash. */
const POSITION_MASK = 2 ** 27 - 1;
const HASH_MASK = ~POSITION_MASK;

/** Creates an empty index with room for so many numbers. It grows if there are more. */
export const createNumberIndex = (expected = 1_024): NumberIndex => {
  const capacity = 2 ** Math.ceil(Math.log2(Math.max(1_024, expected)));
  return { size: 0, slots: sharedInts(capacity * SLOTS_EACH), numbers: sharedFloats(capacity) };
};

/** Finds the position of a number, or -1. */
export function findNumber({ slots, numbers }: NumberIndex, number: number): number {
  const mask = slots.length - 1;
  const hash = hashNumber(number);
  for (let at = hash & mask; ; at = (at + 1) & mask) {
    const slot = slots[at] ?? 0;
    if (slot === 0) return -1;
    if (((slot ^ hash) & HASH_MASK) !== 0) continue;
    const position = (slot & POSITION_MASK) - 1;
    if (numbers[position] === number) return position;
  }
}

/**
 * Writes the position of each number, or -1. The loops are short so that the processor fetches many memory
 * locations at once.
 */
export function findNumbers(index: NumberIndex, sought: Float64Array, positions: Int32Array) {
  const { slots, numbers } = index;
  const mask = slots.length - 1;
  for (let at = 0; at < sought.length; at++) {
    positions[at] = slots[hashNumber(sought[at] ?? 0) & mask] ?? 0;
  }
  for (let at = 0; at < sought.length; at++) {
    const [slot, number] = [positions[at] ?? 0, sought[at] ?? 0];
    const position = (slot & POSITION_MASK) - 1;
    const mayBe = position !== -1 && ((slot ^ hashNumber(number)) & HASH_MASK) === 0;
    if (mayBe && numbers[position] === number) positions[at] = position;
    // The slot belongs to another number, so this one is further on, if it is indexed.
    else positions[at] = position === -1 ? -1 : findNumber(index, number);
  }
}

/** Returns the position of a number, and adds the number if it is new. */
export function indexNumber(index: NumberIndex, number: number): number {
  const found = findNumber(index, number);
  if (found !== -1) return found;
  if (index.size === POSITION_MASK) throw new Error("more numbers than there are positions");
  if (index.size === index.numbers.length) grow(index);
  const position = index.size++;
  index.numbers[position] = number;
  occupy(index.slots, number, position);
  return position;
}

function grow(index: NumberIndex) {
  const numbers = sharedFloats(index.numbers.length * 2);
  numbers.set(index.numbers);
  index.numbers = numbers;
  index.slots = sharedInts(index.slots.length * 2);
  for (let position = 0; position < index.size; position++) {
    occupy(index.slots, numbers[position] ?? 0, position);
  }
}

function occupy(slots: Int32Array, number: number, position: number) {
  const mask = slots.length - 1;
  const hash = hashNumber(number);
  let at = hash & mask;
  while (slots[at] !== 0) at = (at + 1) & mask;
  slots[at] = (hash & HASH_MASK) | (position + 1);
}

/** Hashes the low and the high 32 bits of a number. */
function hashNumber(number: number): number {
  const mixed = Math.imul(number | 0, 0x9e3779b1) ^ Math.imul((number / 2 ** 32) | 0, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
