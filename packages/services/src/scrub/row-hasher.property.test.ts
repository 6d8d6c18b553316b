import { hashLeaf, rootOf } from "@ringfence/core/ledger";
import fc from "fast-check";
import { expect, it } from "vitest";
import { makeRowHasher } from "./row-hasher.ts";

it("comes to the root that the plain words of the RFC come to", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 5_000 }), { maxLength: 40 }), (rows) => {
      const hasher = makeRowHasher();
      for (const row of rows) hasher.addRow(Buffer.from(row), 0, row.length);
      expect(new Uint8Array(hasher.root())).toEqual(rootOf(rows.map((row) => hashLeaf(row))));
    }),
  );
});
