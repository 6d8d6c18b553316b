import fc from "fast-check";
import { expect, it } from "vitest";
import { toBlocks, listOrdinals } from "./segment.ts";

it("packs members into bits and back", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 200_000 })), (ordinals) => {
      const blocks = [...toBlocks(ordinals)].toSorted(([a], [b]) => a - b);
      expect(blocks.every(([, bits]) => bits.length === 8_192)).toBe(true);
      expect(blocks.flatMap(([block, bits]) => [...listOrdinals(block, bits)])).toEqual(
        ordinals.toSorted((a, b) => a - b),
      );
    }),
  );
});
