import { createHash } from "node:crypto";

// The tree over the rows of a result in the words of docs/proofs.md: slow and plain, so that the fast
// code can be checked against it.

const CHILDREN = 16;

/** SHA-256 hashes: a level, or the siblings of a node. */
type Level = readonly Buffer[];
export type RowProof = readonly { before: Level; after: Level }[];

const sha256 = (...parts: readonly Uint8Array[]) =>
  createHash("sha256").update(Buffer.concat(parts)).digest();
const hashRow = (row: Uint8Array) => sha256(Uint8Array.of(0), row);
const hashNode = (children: Level): Buffer =>
  children.length === 1 ? Buffer.concat(children) : sha256(Uint8Array.of(1), ...children);

const groupAt = (level: Level, index: number) => {
  const from = index - (index % CHILDREN);
  return { before: level.slice(from, index), after: level.slice(index + 1, from + CHILDREN) };
};

/** Returns all levels of the tree, from the leaves to the root. */
function listLevels(rows: readonly Uint8Array[]): Level[] {
  const levels: Level[] = [rows.map(hashRow)];
  for (let level = levels[0] ?? []; level.length > 1; levels.push(level)) {
    const groups = Math.ceil(level.length / CHILDREN);
    const below = level;
    level = Array.from({ length: groups }, (_, group) =>
      hashNode(below.slice(group * CHILDREN, (group + 1) * CHILDREN)),
    );
  }
  return levels;
}

export const rootOfRows = (rows: readonly Uint8Array[]): Buffer =>
  listLevels(rows).at(-1)?.[0] ?? sha256();

/** Returns the hashes that prove that a row belongs to the root. */
export const proofOfRow = (rows: readonly Uint8Array[], row: number): RowProof =>
  listLevels(rows)
    .slice(0, -1)
    .map((level, height) => groupAt(level, Math.floor(row / CHILDREN ** height)));

export const rootByProof = (row: Uint8Array, proof: RowProof): Buffer =>
  proof.reduce<Buffer>(
    (hash, { before, after }) => hashNode([...before, hash, ...after]),
    hashRow(row),
  );
