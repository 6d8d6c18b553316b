import { hashLeaf, rootOf } from "@ringfence/core/ledger";
import fc from "fast-check";
import { expect, it } from "vitest";
import { makeRowHasher } from "./row-hasher.ts";

const someRows = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 80 });

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

it("comes to the root that the plain words of the RFC come to", () => {
  fc.assert(
    fc.property(someRows, (rows) => {
      const hasher = makeRowHasher();
      addAll(hasher, rows);
      expect(new Uint8Array(hasher.root())).toEqual(rootOf(rows.map((row) => hashLeaf(row))));
    }),
  );
});

it("comes to the same when stretches of rows are hashed apart", () => {
  fc.assert(
    fc.property(someRows, fc.array(fc.nat({ max: 80 })), (rows, cuts) => {
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
      expect(new Uint8Array(hasher.root())).toEqual(rootOf(rows.map((row) => hashLeaf(row))));
    }),
  );
});
