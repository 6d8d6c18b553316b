/*
 * The work on each of millions of rows of a scrub: write it with its verdict, and hash it.
 *
 * Addresses count bytes in the module's memory. Lists of integers hold one `i32` each. Copies work on sixteen
 * bytes at a time, and may write up to fifteen bytes too many.
 */
import { compress, startLane, writeHash } from "./sha256";

const INT_BYTES: usize = 4;
const VECTOR_BYTES: usize = 16;
const HASH_BYTES: usize = 32;
const BLOCK_BYTES: usize = 64;

const NUMBER_DIGITS: usize = 16;
/** Decimal digits of the next row's number, right-aligned. Copying the last ones reads beyond them. */
const digits = memory.data(32, 16);
const digitsEnd = digits + NUMBER_DIGITS;

/** Start of the memory that the caller manages. */
export function freeMemory(): usize {
  return (__heap_base + 15) & ~15;
}

/** Address of the digits of the next row's number: 16 of them, with zeros in front. */
export function numberDigits(): usize {
  return digits;
}

/**
 * Writes rows: each as it was, padded with delimiters to `columns` columns, then the added values of its
 * verdict, then its number.
 *
 * @param count How many rows there are.
 * @param bytes Where the input begins.
 * @param ends Offsets in the input at which each row's own text ends, without the line break.
 * @param nexts Offsets at which the row after each begins.
 * @param written How many columns each row has.
 * @param verdicts The verdict of each row, by number.
 * @param tails Where the added values begin; those of verdict `n` lie between `tailEnds[n]` and `tailEnds[n + 1]`.
 * @param out Where the output begins.
 * @param outEnds List that gets the address at which each written row ends.
 * @param delimiter The byte between columns.
 * @param columns How many columns each row is padded to.
 * @param number Address of the first digit of the first row's number, in `numberDigits`.
 * @returns The address behind the last row.
 */
export function writeRows(
  count: usize,
  bytes: usize,
  ends: usize,
  nexts: usize,
  written: usize,
  verdicts: usize,
  tails: usize,
  tailEnds: usize,
  out: usize,
  outEnds: usize,
  delimiter: u32,
  columns: usize,
  number: usize,
): usize {
  let from = bytes;
  for (let row: usize = 0; row < count; row++) {
    const end = bytes + intAt(ends, row);
    const next = bytes + intAt(nexts, row);
    out = copy(from, end, out);
    for (let column = intAt(written, row); column < columns; column++) {
      store<u8>(out++, delimiter);
    }
    const verdict = intAt(verdicts, row);
    out = copy(tails + intAt(tailEnds, verdict), tails + intAt(tailEnds, verdict + 1), out);
    out = copy(number, digitsEnd, out);
    number = min(number, countUp());
    out = copy(end, next, out);
    setInt(outEnds, row, out);
    from = next;
  }
  return out;
}

/** Adds one to the row number. Returns the address of the highest digit that changed. */
function countUp(): usize {
  let digit = digitsEnd - 1;
  while (load<u8>(digit) == 57 /* 9 */) store<u8>(digit--, 48 /* 0 */);
  store<u8>(digit, load<u8>(digit) + 1);
  return digit;
}

/** Copies the bytes from `from` up to `until`. Returns the address behind the copy. */
function copy(from: usize, until: usize, to: usize): usize {
  const end = to + (until - from);
  for (; from < until; from += VECTOR_BYTES, to += VECTOR_BYTES) v128.store(to, v128.load(from));
  return end;
}

function intAt(list: usize, index: usize): usize {
  return load<u32>(list + index * INT_BYTES);
}

/** Addresses of the block that each lane hashes next, how many blocks are left, and where its hash goes. */
const laneBlocks = memory.data(16, 16);
const laneBlocksLeft = memory.data(16, 16);
/** 0 while the lane is idle. */
const laneHashes = memory.data(16, 16);
const LANES: usize = 4;

/**
 * Hashes messages that lie one behind the other, each behind a prefix byte.
 *
 * @param prefix The byte that is hashed before each message.
 * @param count How many messages there are.
 * @param from Where the first begins.
 * @param ends List of the addresses at which each ends.
 * @param hashes Where the hashes are written, 32 bytes each.
 * @param slots Room for the four padded messages that are hashed now, `slotBytes` each.
 */
export function hashMessages(
  prefix: u32,
  count: usize,
  from: usize,
  ends: usize,
  hashes: usize,
  slots: usize,
  slotBytes: usize,
): void {
  for (let lane: usize = 0; lane < LANES; lane++) {
    setInt(laneBlocks, lane, slots);
    setInt(laneBlocksLeft, lane, 0);
    setInt(laneHashes, lane, 0);
  }
  let next: usize = 0;
  let open = count;
  while (true) {
    for (let lane: usize = 0; lane < LANES; lane++) {
      if (intAt(laneBlocksLeft, lane) > 0) continue;
      const hash = intAt(laneHashes, lane);
      if (hash != 0) {
        writeHash(lane, hash);
        setInt(laneHashes, lane, 0);
        open--;
      }
      if (next < count) {
        const end = intAt(ends, next);
        const slot = slots + lane * slotBytes;
        startLane(lane);
        setInt(laneBlocks, lane, slot);
        setInt(laneBlocksLeft, lane, pad(prefix, from, end, slot));
        setInt(laneHashes, lane, hashes + next * HASH_BYTES);
        from = end;
        next++;
      }
    }
    if (open == 0) return;
    compress(
      intAt(laneBlocks, 0),
      intAt(laneBlocks, 1),
      intAt(laneBlocks, 2),
      intAt(laneBlocks, 3),
    );
    for (let lane: usize = 0; lane < LANES; lane++) {
      if (intAt(laneHashes, lane) == 0) continue;
      setInt(laneBlocks, lane, intAt(laneBlocks, lane) + BLOCK_BYTES);
      setInt(laneBlocksLeft, lane, intAt(laneBlocksLeft, lane) - 1);
    }
  }
}

/** Copies a message behind its prefix, and pads it (FIPS 180-4, 5.1.1). Returns its length in blocks. */
function pad(prefix: u32, from: usize, until: usize, to: usize): usize {
  store<u8>(to, prefix);
  let end = copy(from, until, to + 1);
  const length = end - to;
  // A one bit and the length in 64 bits come after the message.
  const blocks = (length + 1 + 8 + BLOCK_BYTES - 1) / BLOCK_BYTES;
  const last = to + blocks * BLOCK_BYTES;
  store<u8>(end++, 0x80);
  for (; end < last; end += VECTOR_BYTES) v128.store(end, i32x4.splat(0));
  store<u64>(last - 8, bswap<u64>(length * 8));
  return blocks;
}

function setInt(list: usize, index: usize, value: usize): void {
  store<u32>(list + index * INT_BYTES, <u32>value);
}
