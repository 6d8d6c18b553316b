// Hashing is deterministic.
// oxlint-disable-next-line house/no-ambient-input
import { createHash, hash } from "node:crypto";
import type { WrittenRows } from "./result-writer.ts";
import type { RowMachine } from "./row-machine.ts";

const HASH_BYTES = 32;

/** Children of a node, except the last of a level. Two children would double the hashing. */
const CHILDREN = 16;

/**
 * A complete subtree over some rows, and its hash as a text with one character per byte, which Node makes
 * three times faster than a buffer.
 */
export type Subtree = { rows: number; hash: string };

/**
 * Creates the tree over rows (docs/proofs.md) from row number `first` on, which counts from 1. Stretches of rows
 * can be hashed apart: each leaves a few complete subtrees, and those are added like rows.
 */
export function createRowTree(first = 1) {
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
    // Subtrees that fill a node become that node.
    let rows = subtree.rows * CHILDREN;
    for (; count % rows === 0 && count - rows >= first - 1; rows *= CHILDREN) {
      subtrees.push({ rows, hash: join(subtrees.splice(-CHILDREN)) });
    }
  };

  return {
    /** Adds the subtree that follows the last one. */
    add,

    /** Returns the complete subtrees, in order. */
    subtrees: () => subtrees,

    /** Returns the root over all rows, for a tree from row 1 on. Without any row, it is the hash of nothing. */
    root(): Buffer {
      let level: readonly Subtree[] = subtrees;
      // The last subtrees of a level make a node even if they do not fill it. A single one stays as it is.
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

/** Prefix of what is hashed: a leaf hashes a row, a node the hashes of its children. */
const [LEAF, NODE] = [0, 1];
/** Bytes around a hashed message: the prefix, the padding, and those that padding may write too many. */
const PADDING_BYTES = 1 + 8 + 64 + 16;

/** Hashes `count` rows from number `first` on in the memory of a row machine. Returns their complete subtrees. */
export function hashSubtrees(
  machine: RowMachine,
  { from, ends }: WrittenRows,
  first: number,
  count: number,
): readonly Subtree[] {
  const hashes = (kind: number, begin: number, ends: number, count: number, longest: number) => {
    const [made, slotBytes] = [machine.room(count * HASH_BYTES), longest + PADDING_BYTES];
    const slots = machine.room(4 * slotBytes);
    machine.hashMessages(kind, count, begin, ends, made, slots, slotBytes);
    return made;
  };
  const leaves = hashes(LEAF, from, ends, count, longestRow(from, machine.ints(ends, count)));
  // The first rows may belong to a node that began before them.
  const before = Math.min(count, (CHILDREN - ((first - 1) % CHILDREN)) % CHILDREN);
  const groups = Math.floor((count - before) / CHILDREN);
  const begin = leaves + before * HASH_BYTES;
  const groupEnds = Array.from({ length: groups }, (_, group) => begin + (group + 1) * GROUP_BYTES);
  const nodes = hashes(NODE, begin, machine.putInts(groupEnds), groups, GROUP_BYTES);

  const hasher = createRowTree(first);
  const add = (rows: number, at: number) =>
    hasher.add({ rows, hash: machine.bytes(at, HASH_BYTES).toString("latin1") });
  for (let row = 0; row < before; row++) add(1, leaves + row * HASH_BYTES);
  for (let group = 0; group < groups; group++) add(CHILDREN, nodes + group * HASH_BYTES);
  for (let row = before + groups * CHILDREN; row < count; row++) add(1, leaves + row * HASH_BYTES);
  return hasher.subtrees();
}

const GROUP_BYTES = CHILDREN * HASH_BYTES;

function longestRow(from: number, ends: Int32Array): number {
  let longest = 0;
  let start = from;
  for (const end of ends) {
    longest = Math.max(longest, end - start);
    start = end;
  }
  return longest;
}
