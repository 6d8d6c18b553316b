import fc from "fast-check";
import { it } from "vitest";
import { hashLeaf, headOf, rootOf } from "./merkle.ts";
import { growthRanges, isGrown } from "./merkle-consistency.ts";

const leafOf = (entry: string) => hashLeaf(new TextEncoder().encode(entry));

const growths = fc
  .uniqueArray(fc.string(), { minLength: 1, maxLength: 70 })
  .map((entries) => entries.map(leafOf))
  .chain((leaves) =>
    fc.record({ leaves: fc.constant(leaves), size: fc.nat({ max: leaves.length }) }),
  )
  .map(({ leaves, size }) => ({
    leaves,
    size,
    older: headOf(leaves.slice(0, size)),
    newer: headOf(leaves),
    proof: growthRanges(size, leaves.length).map(([begin, end]) =>
      rootOf(leaves.slice(begin, end)),
    ),
  }));

it("proves every growth", () => {
  fc.assert(fc.property(growths, ({ older, newer, proof }) => isGrown(older, newer, proof)));
});

it("proves no growth in which a leaf has changed", () => {
  fc.assert(
    fc.property(growths, fc.nat(), ({ leaves, size, older }, at) => {
      fc.pre(size > 0);
      const changed = leaves.with(at % size, leafOf("something that was not said"));
      const proof = growthRanges(size, leaves.length).map(([begin, end]) =>
        rootOf(changed.slice(begin, end)),
      );
      return !isGrown(older, headOf(changed), proof);
    }),
  );
});

it("proves a growth by no other proof than its own", () => {
  fc.assert(
    fc.property(growths, ({ leaves, older, newer, proof }) => {
      const [leaf = older.root] = leaves;
      const others = [[...proof, leaf], [leaf, ...proof], proof.slice(1), proof.slice(0, -1)];
      return others
        .filter((other) => other.length !== proof.length)
        .every((other) => !isGrown(older, newer, other));
    }),
  );
});
