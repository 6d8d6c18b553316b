// Hashing is deterministic: it makes no result depend on when or where it runs.
// oxlint-disable-next-line house/no-ambient-input
import { createHash, hash } from "node:crypto";

export const HASH_BYTES = 32;

/** As many children a node of the tree has, but for the last of a level: two would double the hashing. */
export const CHILDREN = 16;

/**
 * A complete subtree of the tree over rows: over how many, and its hash, as a text of a character a
 * byte, which Node makes three times faster than a buffer.
 */
export type Subtree = { rows: number; hash: string };

/**
 * The tree over rows (docs/proofs.md) from that of number `first` (from 1) on. Rows that lie apart can be
 * hashed apart: what is left of each stretch is few subtrees, and those are added like rows.
 */
export function makeRowHasher(first = 1) {
  const subtrees: Subtree[] = [];
  const node = Buffer.alloc(1 + CHILDREN * HASH_BYTES);
  node[0] = 1;
  let count = first - 1;

  const join = (children: readonly Subtree[]): string => {
    let end = 1;
    for (const child of children) end += node.write(child.hash, end, "binary");
    return hash("sha256", node.subarray(0, end), "binary");
  };

  const add = (subtree: Subtree) => {
    subtrees.push(subtree);
    count += subtree.rows;
    // Those that fill a node, where all of them are here, become that.
    let rows = subtree.rows * CHILDREN;
    for (; count % rows === 0 && count - rows >= first - 1; rows *= CHILDREN) {
      subtrees.push({ rows, hash: join(subtrees.splice(-CHILDREN)) });
    }
  };

  return {
    /** One that lies behind the last. */
    add,

    /** From the first row on. */
    subtrees: () => subtrees,

    /** Of all rows there are. */
    root(): Buffer {
      let level: readonly Subtree[] = subtrees;
      // The last of a level are a node though they do not fill it; one alone stays what it is.
      for (let rows = 1; level.length > 1; rows *= CHILDREN) {
        const whole = level.filter((subtree) => subtree.rows > rows);
        const last = level.slice(whole.length);
        const [only] = last;
        if (only === undefined) continue;
        const hash = last.length === 1 ? only.hash : join(last);
        level = [...whole, { rows: rows * CHILDREN, hash }];
      }
      const [top] = level;
      return top === undefined ? createHash("sha256").digest() : Buffer.from(top.hash, "binary");
    },
  };
}
