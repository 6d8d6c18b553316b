import { expect, it } from "vitest";
import { compareRules } from "./compare-rules.ts";
import type { Rule } from "./rule.ts";

const names = { segments: new Map(), sellers: [], purposes: [] };
const livesIn = (city: string): Rule => ({
  is: "attribute",
  field: "city",
  test: { test: "one-of", values: [city] },
});
const [omsk, tver] = [livesIn("Omsk"), livesIn("Tver")];
const compare = (before: Rule, after: Rule) => compareRules("en", before, after, names);

it("tells which conditions were added and which were removed, however deep", () => {
  const before: Rule = { is: "all", of: [omsk] };
  const after: Rule = { is: "all", of: [{ is: "any", of: [tver, { is: "none", of: [tver] }] }] };
  expect(compare(before, after)).toEqual({
    added: ["city is Tver", "city is Tver"],
    removed: ["city is Omsk"],
    isRegrouped: false,
  });
});

it("counts a condition that stands there twice as two", () => {
  expect(compare({ is: "any", of: [omsk, omsk] }, omsk)).toEqual({
    added: [],
    removed: ["city is Omsk"],
    isRegrouped: false,
  });
});

it("tells that the same conditions are joined in another way, and that nothing changed", () => {
  const of = [omsk, tver];
  const nothing = { added: [], removed: [] };
  expect(compare({ is: "all", of }, { is: "any", of })).toEqual({ ...nothing, isRegrouped: true });
  expect(compare({ is: "all", of }, { is: "all", of })).toEqual({ ...nothing, isRegrouped: false });
});
