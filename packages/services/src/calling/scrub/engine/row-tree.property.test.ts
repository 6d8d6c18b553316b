import fc from "fast-check";
import { expect, it } from "vitest";
import { proofOfRow, rootByProof, rootOfRows } from "../../../../testing/row-tree.ts";
import { createRowTree, hashSubtrees } from "./row-tree.ts";
import { createRowMachine } from "./row-machine.ts";

const someRows = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 600 });

/** Hashes stretches of rows as for a file, by a machine that is reused. */
const machine = createRowMachine();
function subtreesFrom(first: number, rows: readonly Uint8Array[]) {
  machine.empty();
  const from = machine.putBytes(Buffer.concat(rows));
  let until = from;
  const ends = machine.putInts(rows.map(({ length }) => (until += length)));
  return hashSubtrees(machine, { from, ends, until }, first, rows.length);
}

it("computes the root as defined", () => {
  fc.assert(
    fc.property(someRows, (rows) => {
      const hasher = createRowTree();
      for (const subtree of subtreesFrom(1, rows)) hasher.add(subtree);
      expect(hasher.root()).toEqual(rootOfRows(rows));
    }),
  );
});

it("hashes rows of every length in sequence", () => {
  const rows = Array.from({ length: 300 }, (_, length) => new Uint8Array(length).fill(length));
  const hasher = createRowTree();
  for (const subtree of subtreesFrom(1, rows)) hasher.add(subtree);
  expect(hasher.root()).toEqual(rootOfRows(rows));
});

it("computes the same root when ranges of rows are hashed separately", () => {
  fc.assert(
    fc.property(someRows, fc.array(fc.nat({ max: 600 })), (rows, cuts) => {
      const hasher = createRowTree();
      const ends = [...cuts.filter((cut) => cut < rows.length), rows.length].toSorted(
        (a, b) => a - b,
      );
      let from = 0;
      for (const to of ends) {
        for (const subtree of subtreesFrom(from + 1, rows.slice(from, to))) hasher.add(subtree);
        from = to;
      }
      expect(hasher.root()).toEqual(rootOfRows(rows));
    }),
  );
});

it("proves each row by hashes alone, and no other row in its place", () => {
  fc.assert(
    fc.property(someRows, fc.nat(), fc.uint8Array({ maxLength: 30 }), (rows, nth, other) => {
      fc.pre(rows.length > 0);
      const place = nth % rows.length;
      const row = rows[place] ?? other;
      const proof = proofOfRow(rows, place);
      expect(rootByProof(row, proof)).toEqual(rootOfRows(rows));
      fc.pre(Buffer.compare(row, other) !== 0);
      expect(rootByProof(other, proof)).not.toEqual(rootOfRows(rows));
    }),
  );
});
