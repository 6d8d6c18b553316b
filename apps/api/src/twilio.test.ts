import fc from "fast-check";
import { expect, it } from "vitest";
import { parseForm } from "./twilio.ts";

const word = fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 });

const sorted = (pairs: readonly (readonly [string, string])[]) =>
  pairs.map((pair) => JSON.stringify(pair)).toSorted();

it("returns every field of a form as written", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(word, word), { selector: ([name]) => name }), (fields) => {
      expect(sorted(parseForm(new URLSearchParams(fields).toString()))).toEqual(sorted(fields));
    }),
  );
});

it("keeps both values of a repeated field", () => {
  expect(parseForm("a=1&b=&a=2")).toEqual([
    ["a", "1"],
    ["a", "2"],
    ["b", ""],
  ]);
});

it("reads no more fields than a signed form can have", () => {
  const fields = parseForm("a&".repeat(1_000_000));
  expect(fields.length).toBeLessThanOrEqual(1_000);
});
