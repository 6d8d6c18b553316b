import {
  HASH_BYTES,
  INT_BYTES,
  VECTOR_BYTES,
  increase,
  intAt,
  itemAt,
  functionIndexes,
  stateAt,
} from "./row-memory.ts";
import { bigEndian, firstState } from "./sha256.ts";
import { type Code, call, defineFunction, i32, v128, when, loopWhile } from "./assembler.ts";

const BLOCK_BYTES = 64;
/** A one bit behind a message, and its length in 64 bits, of which ours need 32. */
const [PADDING_BYTES, LENGTH_BYTES] = [1 + 8, 4];

const { add, subtract, of } = i32;

/** Copies a message behind a byte, and pads it (FIPS 180-4, 5.1.1). Gives of how many blocks it is. */
export const pad = defineFunction(({ parameter, ...fresh }) => {
  const [first, from, until, to] = [parameter(), parameter(), parameter(), parameter()];
  const [end, bytes, last] = [fresh.i32(), fresh.i32(), fresh.i32()];
  const blocks = i32.shiftRight(add(bytes.get, of(PADDING_BYTES + BLOCK_BYTES - 1)), of(6));
  const bits = i32.shiftLeft(bytes.get, of(3));
  return [
    i32.store8(to.get, first.get),
    end.set(call(functionIndexes.copy, from.get, until.get, add(to.get, of(1)))),
    bytes.set(subtract(end.get, to.get)),
    last.set(add(to.get, i32.shiftLeft(blocks, of(6)))),
    i32.store8(end.get, of(0x80)),
    increase(end, of(1)),
    loopWhile(
      i32.isLess(end.get, last.get),
      v128.store(end.get, v128.splat(of(0))),
      increase(end, of(VECTOR_BYTES)),
    ),
    ...[24, 16, 8, 0].map((shift, byte) =>
      i32.store8(subtract(last.get, of(LENGTH_BYTES)), i32.shiftRight(bits, of(shift)), byte),
    ),
    blocks,
  ];
}, 1);

const stateOffset = (lane: number, word: number) => word * VECTOR_BYTES + lane * INT_BYTES;
const beginState = (lane: number) =>
  firstState.map((value, word) => i32.store(of(stateAt), of(value), stateOffset(lane, word)));
const writeState = (lane: number, to: Code) => [
  ...firstState.map((_, word) =>
    i32.store(to, i32.load(of(stateAt), stateOffset(lane, word)), word * INT_BYTES),
  ),
  ...[0, VECTOR_BYTES].map((half) => v128.store(to, bigEndian(v128.load(to, half)), half)),
];

/**
 * Hashes `count` messages that lie one behind the other from `from` on, and end where `ends` say, each
 * behind the byte `first`. In four `slots` lie those that are hashed now.
 */
export const hash = defineFunction(({ parameter, ...fresh }) => {
  const [first, count, from, ends] = [parameter(), parameter(), parameter(), parameter()];
  const [hashes, slots, slotBytes] = [parameter(), parameter(), parameter()];
  const [next, open] = [fresh.i32(), fresh.i32()];
  const lanes = [0, 1, 2, 3].map((lane) => ({
    lane,
    slot: add(slots.get, i32.multiply(slotBytes.get, of(lane))),
    block: fresh.i32(),
    left: fresh.i32(),
    /** Address to which the hash is written; 0 while the lane hashes nothing. */
    hash: fresh.i32(),
  }));
  const end = intAt(ends, next);
  return [
    open.set(count.get),
    ...lanes.map(({ block, slot }) => block.set(slot)),
    loopWhile(
      open.get,
      ...lanes.map(({ lane, slot, block, left, hash }) =>
        when(
          i32.isZero(left.get),
          when(hash.get, ...writeState(lane, hash.get), hash.set(of(0)), increase(open, of(-1))),
          when(
            i32.isLess(next.get, count.get),
            ...beginState(lane),
            block.set(slot),
            left.set(call(functionIndexes.pad, first.get, from.get, end, slot)),
            hash.set(itemAt(hashes, next, HASH_BYTES)),
            from.set(end),
            increase(next, of(1)),
          ),
        ),
      ),
      call(functionIndexes.compress, ...lanes.map(({ block }) => block.get)),
      ...lanes.map(({ block, left, hash }) =>
        when(hash.get, increase(block, of(BLOCK_BYTES)), increase(left, of(-1))),
      ),
    ),
  ];
});
