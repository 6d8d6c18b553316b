import fc from "fast-check";
import { expect, it } from "vitest";
import { proofOfRow, rootByProof, rootOfRows } from "../../testing/row-tree.ts";
import { makeRowHasher } from "./row-hasher.ts";

const someRows = fc.array(fc.uint8Array({ maxLength: 30 }), { maxLength: 600 });

function addAll(hasher: ReturnType<typeof makeRowHasher>, rows: readonly Uint8Array[]) {
  const bytes = Buffer.concat([Buffer.from("#"), ...rows]);
  const before = Buffer.from(bytes);
  let start = 1;
  for (const { length } of rows) {
    hasher.addRow(bytes, start, start + length);
    start += length;
  }
  expect(bytes).toEqual(before);
}

it("comes to the root that the plain words come to", () => {
  fc.assert(
    fc.property(someRows, (rows) => {
      const hasher = makeRowHasher();
      addAll(hasher, rows);
      expect(hasher.root()).toEqual(rootOfRows(rows));
    }),
  );
});

it("comes to the same when stretches of rows are hashed apart", () => {
  fc.assert(
    fc.property(someRows, fc.array(fc.nat({ max: 600 })), (rows, cuts) => {
      const hasher = makeRowHasher();
      const ends = [...cuts.filter((cut) => cut < rows.length), rows.length].toSorted(
        (a, b) => a - b,
      );
      let from = 0;
      for (const to of ends) {
        const stretch = makeRowHasher(from + 1);
        addAll(stretch, rows.slice(from, to));
        for (const subtree of stretch.subtrees()) hasher.add(subtree);
        from = to;
      }
      expect(hasher.root()).toEqual(rootOfRows(rows));
    }),
  );
});

it("lets each row be proven by hashes alone, and no other in its place", () => {
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
