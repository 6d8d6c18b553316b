import { expect, it } from "vitest";
import { editionFault, isPlausible, type RegistryState } from "./edition-fault.ts";

it.each([
  [0, 0, false],
  [0, 1, true],
  [100, 0, false],
  [100, 97, false],
  [100, 98, true],
  [100, 200, true],
])("from %i numbers to %i is plausible: %s", (before, after, expected) => {
  expect(isPlausible(before, after, 0.02)).toBe(expected);
});

const before: RegistryState = {
  edition: 7,
  listed: 1_100,
  areas: { "1213": 100, "1818": 1_000 },
  publishedOn: "2026-08-05",
};

const faultOf = (after: Partial<RegistryState>, kind: "full" | "change" = "full", was = before) =>
  editionFault({ kind }, was, { ...before, ...after }, 0.02)?.key ?? null;

it("finds nothing odd about an edition that grew", () => {
  expect(faultOf({ listed: 1_200, areas: { "1213": 150, "1818": 1_050 } })).toBeNull();
});

it("finds an edition that lists nothing, or much less", () => {
  expect(faultOf({ listed: 0, areas: {} })).toBe("registry.held.empty");
  expect(faultOf({ listed: 1_000 })).toBe("registry.held.shrunk");
});

it("finds the one area among many that is cut off, or missing", () => {
  expect(faultOf({ listed: 1_095, areas: { "1213": 95, "1818": 1_000 } })).toBe(
    "registry.held.area-shrunk",
  );
  expect(faultOf({ listed: 1_100, areas: { "1818": 1_100 } })).toBe("registry.held.area-missing");
});

it("does not ask for areas of a list that answers for every number", () => {
  expect(faultOf({ areas: {} })).toBeNull();
});

it("finds an edition that is older than the one in force", () => {
  expect(faultOf({ publishedOn: "2026-08-04" })).toBe("registry.held.older");
  expect(faultOf({ publishedOn: "2026-08-05" })).toBeNull();
});

it("finds changes without a list that they change", () => {
  expect(faultOf({}, "change", { ...before, edition: 0 })).toBe("registry.held.no-full-list");
  expect(faultOf({}, "change")).toBeNull();
});
