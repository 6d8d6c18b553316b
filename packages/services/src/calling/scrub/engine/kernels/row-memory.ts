import { firstState, roundConstants } from "./sha256.ts";
import { type Code, type Local, i32 } from "./assembler.ts";

// What lies where in the memory of `row-code.ts` before what is worked on.

export const [INT_BYTES, VECTOR_BYTES, HASH_BYTES] = [4, 16, 32];

export const constantsAt = 0;
/** Of four hashes that are being made: a vector for each word. */
export const stateAt = constantsAt + roundConstants.length * INT_BYTES;
/** The decimal digits of the number of the next row end here. */
export const numberEndsAt = stateAt + (firstState.length + 1) * VECTOR_BYTES;
/** From here on memory is free: behind as much as is read behind an end, for it is read by vectors. */
export const freeAt = numberEndsAt + VECTOR_BYTES;

/** The places of functions that others call, in their module. */
export const functionIndexes = { copy: 0, pad: 1, compress: 2 };

export const increase = (local: Local, by: Code) => local.set(i32.add(local.get, by));
/** Where an item of an array is, and an integer of one. */
export const itemAt = (array: Local, place: Local, itemBytes: number) =>
  i32.add(array.get, i32.multiply(place.get, i32.of(itemBytes)));
export const intAt = (array: Local, place: Local) => i32.load(itemAt(array, place, INT_BYTES));
