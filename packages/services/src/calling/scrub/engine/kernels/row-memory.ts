import { firstState, roundConstants } from "./sha256.ts";
import { type Code, type Local, i32 } from "./assembler.ts";

// Layout of the memory of `write-rows.ts`, before the data that is worked on.

export const [INT_BYTES, VECTOR_BYTES, HASH_BYTES] = [4, 16, 32];

export const constantsAt = 0;
/** States of the four hashes in progress: a vector for each word. */
export const stateAt = constantsAt + roundConstants.length * INT_BYTES;
/** The decimal digits of the number of the next row end here. */
export const numberEndsAt = stateAt + (firstState.length + 1) * VECTOR_BYTES;
/** Free memory starts here. The gap before it covers vector reads beyond the end of the digits. */
export const freeAt = numberEndsAt + VECTOR_BYTES;

/** The places of functions that others call, in their module. */
export const functionIndexes = { copy: 0, pad: 1, compress: 2 };

export const increase = (local: Local, by: Code) => local.set(i32.add(local.get, by));
/** Address of an array's item, and the integer at an index of an array. */
export const itemAt = (array: Local, place: Local, itemBytes: number) =>
  i32.add(array.get, i32.multiply(place.get, i32.of(itemBytes)));
export const intAt = (array: Local, place: Local) => i32.load(itemAt(array, place, INT_BYTES));
