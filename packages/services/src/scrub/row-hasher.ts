// Hashing is deterministic: it makes no result depend on when or where it runs.
// oxlint-disable-next-line house/no-ambient-input
import { createHash, hash } from "node:crypto";

const HASH_BYTES = 32;

/**
 * A complete subtree of the Merkle tree over rows (RFC 6962, 2.1): over how many, and its hash, as a
 * text of a character a byte, which Node makes three times faster than a buffer.
 */
export type Subtree = { rows: number; hash: string };

/**
 * The Merkle tree over rows from that of number `first` (from 1) on. Rows that lie apart can be hashed
 * apart: what is left of each stretch is few subtrees, and those are added like rows.
 */
export function makeRowHasher(first = 1) {
  const subtrees: Subtree[] = [];
  const node = Buffer.alloc(1 + 2 * HASH_BYTES);
  node[0] = 1;
  let count = first - 1;

  const join = (left: string, right: string) => {
    node.write(left, 1, HASH_BYTES, "binary");
    node.write(right, 1 + HASH_BYTES, HASH_BYTES, "binary");
    return hash("sha256", node, "binary");
  };

  const add = ({ rows, hash }: Subtree) => {
    let [size, whole] = [rows, hash];
    count += rows;
    // A subtree that ends where one of twice its size does completes that.
    for (let last = subtrees.at(-1); last?.rows === size && count % (2 * size) === 0;) {
      whole = join(last.hash, whole);
      size *= 2;
      subtrees.pop();
      last = subtrees.at(-1);
    }
    subtrees.push({ rows: size, hash: whole });
  };

  return {
    /** Of a row in `bytes[start..end)`; for a moment the byte before it is another, for a leaf begins with 0. */
    addRow(bytes: Buffer, start: number, end: number) {
      const before = bytes[start - 1] ?? 0;
      bytes[start - 1] = 0;
      add({ rows: 1, hash: hash("sha256", bytes.subarray(start - 1, end), "binary") });
      bytes[start - 1] = before;
    },

    /** One that lies behind the last. */
    add,

    /** From the first row on. */
    subtrees: () => subtrees,

    /** Of all rows there are. */
    root(): Buffer {
      const last = subtrees.at(-1);
      if (last === undefined) return createHash("sha256").digest();
      const root = subtrees
        .slice(0, -1)
        .reduceRight((right, left) => join(left.hash, right), last.hash);
      return Buffer.from(root, "binary");
    },
  };
}
