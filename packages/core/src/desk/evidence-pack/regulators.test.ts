import { expect, it } from "vitest";
import {
  JurisdictionId,
  bundledRuleBook,
  listWithParents,
} from "../../people/jurisdiction/index.ts";
import { Regulator, findRegulators, regulators } from "./regulators.ts";

const items = regulators.flatMap(({ items }) => items);

it("has six to fourteen items for each regulator, with unique ids", () => {
  expect(regulators.map(({ id }) => id)).toEqual(["us", "gb", "de", "fr", "ru"]);
  expect(
    regulators.filter(({ items: { length } }) => length < 6 || length > 14).map(({ id }) => id),
  ).toEqual([]);
  expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
  expect(
    regulators.flatMap((regulator) =>
      regulator.items.filter(({ id }) => !id.startsWith(`${regulator.id}.`)),
    ),
  ).toEqual([]);
});

it("asks in full sentences of each language, and names no part of the pack twice", () => {
  const texts = items.flatMap(({ asks, add }) => (add === undefined ? [asks] : [asks, add]));
  expect(texts.filter(({ en }) => !/^[A-Z].*\.$/u.test(en))).toEqual([]);
  expect(texts.filter(({ ru }) => !/^[А-ЯЁ].*\.$/u.test(ru))).toEqual([]);
  expect(items.filter(({ shown_by }) => new Set(shown_by).size !== shown_by.length)).toEqual([]);
});

it("names only jurisdictions that the law data has", () => {
  const places = regulators.flatMap(({ places }) => places);
  expect(places.filter((place) => !bundledRuleBook.jurisdictions.has(place))).toEqual([]);
});

/** True if the first regulator is still valid when its first item is changed. */
const isValid = (change: object) => {
  const [first] = regulators;
  const [item] = first?.items ?? [];
  return Regulator.safeParse({ ...first, items: [{ ...item, ...change }] }).success;
};

it("rejects an item with the wrong mark for its source, or with nothing that shows it", () => {
  expect(isValid({})).toBe(true);
  expect(isValid({ quote: undefined })).toBe(false);
  expect(isValid({ mark: "B" })).toBe(false);
  expect(isValid({ mark: "B", quote: undefined, settle: "The law itself." })).toBe(true);
  expect(isValid({ shown_by: [], add: undefined })).toBe(false);
  expect(isValid({ source: "ecfr" })).toBe(false);
  expect(isValid({ shown_by: ["recordings"] })).toBe(false);
});

it("finds the regulator of a state through its country, and none where nothing was researched", () => {
  const find = (...places: string[]) =>
    findRegulators(
      listWithParents(
        bundledRuleBook,
        places.map((place) => JurisdictionId.parse(place)),
      ),
    ).map(({ id }) => id);
  expect(find("US-FL")).toEqual(["us"]);
  expect(find("RU", "DE")).toEqual(["de", "ru"]);
  expect(find("ES")).toEqual([]);
});
