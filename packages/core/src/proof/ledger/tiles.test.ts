import fc from "fast-check";
import { expect, it } from "vitest";
import { encodeEntryBundle, formatTilePath, parseTilePath } from "./tiles.ts";

it.each([
  ["tile/0/000", { level: 0, index: 0, width: 256 }],
  ["tile/0/x001/x234/067", { level: 0, index: 1_234_067, width: 256 }],
  ["tile/1/x001/000.p/5", { level: 1, index: 1_000, width: 5 }],
  ["tile/entries/003.p/255", { level: "entries" as const, index: 3, width: 255 }],
])("reads %s as others write it", (path, asked) => {
  expect(parseTilePath(path)).toEqual(asked);
  expect(formatTilePath(asked)).toBe(path);
});

it.each([
  "tile/0/0",
  "tile/00/000",
  "tile/7/000",
  "tile/0/x000/001",
  "tile/0/001/002",
  "tile/0/000.p/0",
  "tile/0/000.p/256",
  "tile/0/000.p/999",
  "tile/data/000",
  "tile/0/../../000",
  "tile/0/x999/x999/x999/x999/x999/999",
])("reads nothing into %s", (path) => {
  expect(parseTilePath(path)).toBeNull();
});

it("reads whatever it writes", () => {
  const asked = fc.record({
    level: fc.oneof(fc.nat({ max: 6 }), fc.constant("entries" as const)),
    index: fc.maxSafeNat(),
    width: fc.integer({ min: 1, max: 256 }),
  });
  fc.assert(
    fc.property(asked, (asked) => {
      expect(parseTilePath(formatTilePath(asked))).toEqual(asked);
    }),
  );
});

it("bundles entries each after its length", () => {
  const entries = [Uint8Array.of(1), new Uint8Array(258).fill(7)];
  const bundle = encodeEntryBundle(entries);
  expect(bundle.slice(0, 5)).toEqual(Uint8Array.of(0, 1, 1, 1, 2));
  expect(bundle.length).toBe(2 + 1 + 2 + 258);
});
