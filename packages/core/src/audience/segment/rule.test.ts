import { expect, it } from "vitest";
import { toFaults, say } from "../../platform/message/index.ts";
import { Rule } from "./rule.ts";

function faults(given: unknown) {
  const { error } = Rule.safeParse(given);
  return error
    ? toFaults(error, given).map(({ path, message }) => `${path} ${say("en", message)}`)
    : [];
}

it.each([
  ["a row that says nothing", { is: "attribute" }, "/of/0/field This field is required."],
  ["a group of nothing", { is: "any", of: 3 }, "/of/0/of This must be a list."],
  [
    "a row deep within",
    { is: "none", of: [{ is: "segment", segment: 1 }] },
    "/of/0/of/0/segment This must be a string.",
  ],
])("says at its node what is wrong: %s", (_, row, said) => {
  expect(faults({ is: "all", of: [row] })).toContain(said);
});

it("covers every kind of rule", () => {
  expect(faults({ is: "some" }).join()).toMatch(/all, any, none, attribute, .*segment/);
});

it("accepts eight levels and no more", () => {
  const deep = (levels: number): unknown =>
    levels === 1 ? { is: "all", of: [] } : { is: "all", of: [deep(levels - 1)] };
  expect(faults(deep(8))).toEqual([]);
  expect(faults(deep(9))).toHaveLength(1);
});

it("refuses a rule of a hundred thousand levels, which would overflow the stack", () => {
  let rule: unknown = { is: "all", of: [] };
  for (let level = 0; level < 100_000; level++) rule = { is: "all", of: [rule] };
  const nine: unknown = JSON.parse(`${'{"is":"all","of":['.repeat(9)}${"]}".repeat(9)}`);
  expect(faults(rule)).toEqual(faults(nine));
});
