import fc from "fast-check";
import { expect, it } from "vitest";
import { createByteIndex } from "./byte-index.ts";

/** Few different bytes, so that texts are often equal or share a beginning. */
const someBytes = fc.array(fc.constantFrom(0, 1, 255), { maxLength: 11 });

it("asks once about the same bytes, wherever they stand", () => {
  fc.assert(
    fc.property(fc.array(someBytes, { maxLength: 3_000 }), (texts) => {
      const asked: string[] = [];
      const find = createByteIndex((bytes) => asked.push(bytes.toString("hex")) - 1);
      const all = Buffer.from(texts.flat());
      const view = new DataView(all.buffer, all.byteOffset, all.length);
      let at = 0;
      const found = texts.map(({ length }) => {
        const place = find(all, view, at, at + length);
        at += length;
        return asked[place];
      });
      expect(found).toEqual(texts.map((text) => Buffer.from(text).toString("hex")));
      expect(asked).toEqual([...new Set(found)]);
    }),
    { numRuns: 200 },
  );
});
