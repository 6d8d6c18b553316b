import fc from "fast-check";
import { expect, it } from "vitest";
import { findJsonFault } from "./parse-json.ts";

function isJson(text: string) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** JSON, and JSON with a piece cut out or added. */
const text = fc
  .tuple(
    fc.json(),
    fc.nat(),
    fc.nat(3),
    fc.constantFrom("", ",", "]", "}", "[", ":", '"', "0", " ", "-", "\u0001"),
  )
  .map(([json, at, cut, added]) => {
    const place = at % (json.length + 1);
    return json.slice(0, place) + added + json.slice(place + cut);
  });

it("finds a fault exactly where JSON.parse does", () => {
  fc.assert(
    fc.property(text, (text) => {
      expect(findJsonFault(text) === null).toBe(isJson(text));
    }),
    { numRuns: 2_000 },
  );
});

it("reports a fault only after a prefix that valid JSON can continue", () => {
  expect(findJsonFault('{"phone": call me}')).toBe(10);
  expect(findJsonFault('{"a": 1')).toBe(7);
  expect(findJsonFault('{"a": 1}}')).toBe(8);
  expect(findJsonFault("[1,]")).toBe(3);
  expect(findJsonFault("")).toBe(0);
});
