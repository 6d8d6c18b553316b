import type { Rule } from "@ringfence/core/audience/segment";
import { expect, it } from "vitest";
import { addAt, nodeAt, pointerTo, replaceAt } from "./rule-edit";

const known = (field: string): Rule => ({
  is: "attribute",
  field,
  test: { test: "present", isPresent: true },
});
const [a, b, c] = [known("a"), known("b"), known("c")];
const rule: Rule = { is: "all", of: [a, { is: "any", of: [b, c] }] };

it("finds a node, and says where it stands", () => {
  expect(nodeAt(rule, [1, 0])).toBe(b);
  expect(nodeAt(rule, [])).toBe(rule);
  expect(nodeAt(rule, [0, 0])).toBeUndefined();
  expect(pointerTo([1, 0])).toBe("/of/1/of/0");
});

it("replaces, removes and adds at any depth, and leaves the rest as it is", () => {
  expect(replaceAt(rule, [1, 0], c)).toEqual({ is: "all", of: [a, { is: "any", of: [c, c] }] });
  expect(replaceAt(rule, [1, 0])).toEqual({ is: "all", of: [a, { is: "any", of: [c] }] });
  expect(replaceAt(rule, [], a)).toBe(a);
  expect(addAt(rule, [1], a)).toEqual({ is: "all", of: [a, { is: "any", of: [b, c, a] }] });
  expect(addAt(rule, [0], a)).toEqual(rule);
  expect(replaceAt(rule, [7], a)).toEqual(rule);
});
