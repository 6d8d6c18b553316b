import { emptyRoot, type Hash, hashNode, isSameHash, type LeafRange, splitOf } from "./merkle.ts";
import type { TreeHead } from "./merkle.ts";

/**
 * The parts of a tree whose roots prove that it grew out of its first `size` leaves and changed none
 * of them (RFC 6962, 2.1.2): the proof is their roots, in this order.
 */
export function growthRanges(size: number, newSize: number): LeafRange[] {
  if (!isGrowth(size, newSize))
    throw new RangeError(`A log of ${newSize} never had ${size} leaves`);
  return size === 0 ? [] : subproof(size, 0, newSize, true);
}

function subproof(size: number, begin: number, newSize: number, isWhole: boolean): LeafRange[] {
  if (size === newSize) return isWhole ? [] : [[begin, begin + size]];

  const k = splitOf(newSize);
  const middle = begin + k;
  return size <= k
    ? [...subproof(size, begin, k, isWhole), [middle, begin + newSize]]
    : [...subproof(size - k, middle, newSize - k, false), [begin, middle]];
}

/** Whether the newer log holds all of the older one, unchanged and in its place. */
export function isGrown(older: TreeHead, newer: TreeHead, proof: readonly Hash[]): boolean {
  if (!isGrowth(older.size, newer.size)) return false;
  if (older.size === 0) return proof.length === 0 && isSameHash(older.root, emptyRoot);

  const roots = rootsFrom(older, newer.size, proof, true);
  return roots !== null && isSameHash(roots.old, older.root) && isSameHash(roots.new, newer.root);
}

type Roots = { old: Hash; new: Hash };

/** The roots of both that the proof leads to, or null when it does not fit them. */
function rootsFrom(
  { size, root }: TreeHead,
  newSize: number,
  proof: readonly Hash[],
  isWhole: boolean,
): Roots | null {
  const last = proof.at(-1);
  if (size === newSize) {
    if (proof.length !== (isWhole ? 0 : 1)) return null;
    const hash = last ?? root;
    return { old: hash, new: hash };
  }
  if (last === undefined) return null;

  const k = splitOf(newSize);
  const rest = proof.slice(0, -1);
  if (size <= k) {
    const left = rootsFrom({ size, root }, k, rest, isWhole);
    return left && { old: left.old, new: hashNode(left.new, last) };
  }
  const right = rootsFrom({ size: size - k, root }, newSize - k, rest, false);
  return right && { old: hashNode(last, right.old), new: hashNode(last, right.new) };
}

const isGrowth = (size: number, newSize: number) =>
  Number.isSafeInteger(size) && Number.isSafeInteger(newSize) && size >= 0 && size <= newSize;
