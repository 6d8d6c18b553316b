import type { WrittenRows } from "./result-writer.ts";
import { CHILDREN, HASH_BYTES, makeRowHasher, type Subtree } from "./row-hasher.ts";
import type { RowMachine } from "./row-machine.ts";

/** Before what is hashed: a leaf is of a row, a node of the hashes of its children. */
const [LEAF, NODE] = [0, 1];
/** Beside a message that is hashed: the byte before it, and what it is padded with. */
const PADDING_BYTES = 1 + 8 + 64;

/** The tree over `count` rows from that of number `first` on, where a machine wrote them: what is whole of it. */
export function subtreesOf(
  machine: RowMachine,
  { from, ends }: WrittenRows,
  first: number,
  count: number,
): readonly Subtree[] {
  const hashes = (kind: number, begin: number, ends: number, count: number, longest: number) => {
    const [made, slotBytes] = [machine.room(count * HASH_BYTES), longest + PADDING_BYTES];
    const slots = machine.room(4 * slotBytes);
    machine.hash(kind, count, begin, ends, made, slots, slotBytes);
    return made;
  };
  const leaves = hashes(LEAF, from, ends, count, longestOf(from, machine.ints(ends, count)));
  // The first may be of a node that began before them.
  const before = Math.min(count, (CHILDREN - ((first - 1) % CHILDREN)) % CHILDREN);
  const groups = Math.floor((count - before) / CHILDREN);
  const begin = leaves + before * HASH_BYTES;
  const groupEnds = Array.from({ length: groups }, (_, group) => begin + (group + 1) * GROUP_BYTES);
  const nodes = hashes(NODE, begin, machine.putInts(groupEnds), groups, GROUP_BYTES);

  const hasher = makeRowHasher(first);
  const add = (rows: number, at: number) =>
    hasher.add({ rows, hash: machine.bytes(at, HASH_BYTES).toString("latin1") });
  for (let row = 0; row < before; row++) add(1, leaves + row * HASH_BYTES);
  for (let group = 0; group < groups; group++) add(CHILDREN, nodes + group * HASH_BYTES);
  for (let row = before + groups * CHILDREN; row < count; row++) add(1, leaves + row * HASH_BYTES);
  return hasher.subtrees();
}

const GROUP_BYTES = CHILDREN * HASH_BYTES;

function longestOf(from: number, ends: Int32Array): number {
  let longest = 0;
  let start = from;
  for (const end of ends) {
    longest = Math.max(longest, end - start);
    start = end;
  }
  return longest;
}
