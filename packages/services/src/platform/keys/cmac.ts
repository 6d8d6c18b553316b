// Deterministic: a MAC depends only on its key and its input.
// oxlint-disable-next-line house/no-ambient-input
import { createCipheriv, type KeyObject } from "node:crypto";

/** Size of an AES block, and of a MAC, in bytes. */
export const BLOCK_BYTES = 16;

/**
 * Computes AES-256-CMAC (RFC 4493, NIST SP 800-38B) for many messages at once. All messages have the same
 * number of whole blocks and are stored block by block: the first block of every message, then the second of
 * every message, and so on. Thousands of messages then take only a few cipher calls. Overwrites `blocks`, and
 * returns the MACs one after another.
 *
 * By hand, because screenings and scrubs check a MAC for each event: 1.3 µs for 128 bytes, and 21 µs with
 * `@noble/ciphers`.
 */
export type Cmac = (blocks: Uint8Array, blocksPerMessage: number) => Uint8Array;

/** Creates the function for a key of 32 bytes. */
export function createCmac(key: KeyObject): Cmac {
  // ECB keeps no state between calls, so one cipher serves them all.
  const cipher = createCipheriv("aes-256-ecb", key, null).setAutoPadding(false);
  // K1 of the RFC. K2 is for messages that do not end with a whole block.
  const subkey = doubleInField(cipher.update(new Uint8Array(BLOCK_BYTES)));

  return (blocks, blocksPerMessage) => {
    const size = blocks.length / blocksPerMessage;
    let state = new Uint8Array(size);
    for (let index = 0; index < blocksPerMessage; index++) {
      const block = blocks.subarray(index * size, (index + 1) * size);
      if (index > 0) xorInto(block, state);
      if (index === blocksPerMessage - 1) xorEach(block, subkey);
      state = new Uint8Array(cipher.update(block));
    }
    return state;
  };
}

/** Computes K1 of RFC 4493: multiplies by x in GF(2^128). */
function doubleInField(block: Uint8Array): Uint8Array {
  const bits = BigInt(`0x${Buffer.from(block).toString("hex")}`) << 1n;
  const carry = bits >> 128n === 1n ? 0x87n : 0n;
  const hex = ((bits & ((1n << 128n) - 1n)) ^ carry).toString(16).padStart(2 * BLOCK_BYTES, "0");
  return new Uint8Array(Buffer.from(hex, "hex"));
}

/** XORs four bytes at a time. */
function xorInto(target: Uint8Array, source: Uint8Array) {
  const [into, from] = [toWords(target), toWords(source)];
  for (let word = 0; word < into.length; word++) into[word] = (into[word] ?? 0) ^ (from[word] ?? 0);
}

function xorEach(blocks: Uint8Array, block: Uint8Array) {
  const [into, from] = [toWords(blocks), toWords(block)];
  for (let word = 0; word < into.length; word++) {
    into[word] = (into[word] ?? 0) ^ (from[word % 4] ?? 0);
  }
}

/** Views the same bytes as 32-bit words; they must begin at a multiple of four. */
const toWords = (bytes: Uint8Array) =>
  new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
