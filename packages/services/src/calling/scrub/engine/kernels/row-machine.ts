import { constantsAt, freeAt, numberEndsAt, stateAt } from "./row-memory.ts";
import { defineCompress, roundConstants } from "./sha256.ts";
import { hash, pad } from "./hash-rows.ts";
import { createModule } from "./assembler.ts";
import { copy, write } from "./write-rows.ts";

const PAGE_BYTES = 65_536;
const NUMBER_DIGITS = 16;
/** Copying sixteen bytes at a time may write this many bytes too many. */
const SLACK_BYTES = 16;

type Ints = (...parameters: number[]) => number;
const isFunction = (known: unknown): known is Ints => typeof known === "function";

/**
 * The functions of `write-rows.ts`, and the memory in which they work: what is put there has a place in it,
 * until `empty` frees it all.
 */
export function createRowMachine() {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(rowCode, { rows: { memory } });
  const functionNamed = (name: string): Ints => {
    const found = exports[name];
    if (!isFunction(found)) throw new Error(`no function ${name}`);
    return found;
  };
  let free = freeAt;
  const ints = (at: number, length: number) => new Int32Array(memory.buffer, at, length);
  const bytes = (at: number, length: number) => Buffer.from(memory.buffer, at, length);
  ints(constantsAt, roundConstants.length).set(roundConstants);

  /** Reserves memory. Views of the memory that were made before are invalid afterward. */
  const room = (size: number): number => {
    const at = free;
    free = (at + size + SLACK_BYTES + 15) & ~15;
    const missing = free - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
    return at;
  };
  return {
    hash: functionNamed("hash"),
    write: functionNamed("write"),
    empty: () => void (free = freeAt),
    room,
    ints,
    bytes,
    putInts(values: ArrayLike<number>): number {
      const at = room(values.length * 4);
      ints(at, values.length).set(values);
      return at;
    },
    putBytes(values: Uint8Array): number {
      const at = room(values.length);
      bytes(at, values.length).set(values);
      return at;
    },
    /** Writes a number as digits, and returns the address of the first, for `write`. */
    putNumber(number: number): number {
      const digits = String(number);
      bytes(numberEndsAt - NUMBER_DIGITS, NUMBER_DIGITS).write(
        digits.padStart(NUMBER_DIGITS, "0"),
        "latin1",
      );
      return numberEndsAt - digits.length;
    },
  };
}

export type RowMachine = ReturnType<typeof createRowMachine>;

/**
 * The work on each of millions of rows, in WebAssembly: it copies sixteen bytes at a time and hashes four rows at
 * once. One call of Node's hash takes longer than the hashing itself. The order is that of `functionIndexes`.
 */
const rowCode = createModule({
  copy,
  pad,
  compress: defineCompress(stateAt, constantsAt),
  hash,
  write,
});
