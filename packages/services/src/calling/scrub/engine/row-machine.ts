import { readFileSync } from "node:fs";

const PAGE_BYTES = 65_536;
const ALIGNMENT = 16;
/** Copying sixteen bytes at a time may write this many bytes too many. */
const SLACK_BYTES = 16;
const NUMBER_DIGITS = 16;

/** The functions of `packages/services/assembly/rows.ts`, whose comments say what their parameters are. */
type RowFunctions = {
  memory: WebAssembly.Memory;
  freeMemory: () => number;
  numberDigits: () => number;
  writeRows: (...parameters: number[]) => number;
  hashMessages: (...parameters: number[]) => void;
};

/**
 * Compiled by `pnpm generate`. The work on each row is in WebAssembly because a call of Node's hash costs more
 * than the hashing itself: this hashes 4.9 million rows of 110 bytes a second on one core, four at a time, and
 * `hash` of `node:crypto` 1.4 million. It is loaded when a file is screened, and not on import, because the
 * bundle of the pages imports this file and has no such URL.
 */
const loadRows = () =>
  new WebAssembly.Module(readFileSync(new URL("../../../generated/rows.wasm", import.meta.url)));

/**
 * Creates a machine that writes and hashes rows in a memory of its own. What is put there keeps its address
 * until `empty` frees everything.
 */
export function createRowMachine() {
  const instance = new WebAssembly.Instance(loadRows());
  // `rows.wasm` exports these functions; a test of each would fail at once if it did not.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const { memory, writeRows, hashMessages, ...addresses } = instance.exports as RowFunctions;
  const firstFree = addresses.freeMemory();
  const digitsAt = addresses.numberDigits();
  let free = firstFree;
  const ints = (at: number, length: number) => new Int32Array(memory.buffer, at, length);
  const bytes = (at: number, length: number) => Buffer.from(memory.buffer, at, length);

  /** Reserves memory and returns its address. Views of the memory that were made before are invalid afterward. */
  const room = (size: number): number => {
    const at = free;
    free = (at + size + SLACK_BYTES + ALIGNMENT - 1) & -ALIGNMENT;
    const missing = free - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
    return at;
  };
  return {
    writeRows,
    hashMessages,
    empty: () => void (free = firstFree),
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
    /** Sets the number of the next row, and returns the address of its first digit for `writeRows`. */
    putNumber(number: number): number {
      const digits = String(number);
      bytes(digitsAt, NUMBER_DIGITS).write(digits.padStart(NUMBER_DIGITS, "0"), "latin1");
      return digitsAt + NUMBER_DIGITS - digits.length;
    },
  };
}

export type RowMachine = ReturnType<typeof createRowMachine>;
