import fc from "fast-check";
import { expect, it } from "vitest";
import { findId, findIds, createIdIndex, indexId } from "./id-index.ts";

/** Ids that differ in a byte or in all: the first bytes of our own are those of the time. */
const id = fc
  .tuple(fc.constantFrom("01a21396", "01a21397"), fc.uint8Array({ minLength: 12, maxLength: 12 }))
  .map(([time, rest]) => time + Buffer.from(rest.fill(7, 0, 10)).toString("hex"));

it("gives each id one index, in order of arrival", () => {
  fc.assert(
    fc.property(fc.array(id, { maxLength: 3_000 }), id, (ids, other) => {
      const index = createIdIndex(1);
      // Read where they stand, one behind the other.
      const bytes = Buffer.from(ids.join(""), "hex");
      for (const place of ids.keys()) indexId(index, bytes, place * 16);
      const distinct = [...new Set(ids)];
      const found = distinct.map((one) => findId(index, bytes, ids.indexOf(one) * 16));
      expect(found).toEqual([...distinct.keys()]);
      expect(findId(index, Buffer.from(other, "hex"), 0)).toBe(distinct.indexOf(other));
      const all = Buffer.concat([bytes, Buffer.from(other, "hex")]);
      const ats = Int32Array.from({ length: ids.length + 1 }, (_, place) => place * 16);
      const places = [...ids, other].map((one) => distinct.indexOf(one));
      expect([...findIds(index, all, ats)]).toEqual(places);
    }),
    { numRuns: 30 },
  );
});
