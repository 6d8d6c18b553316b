import { expect, it } from "vitest";
import { SegmentId } from "../../platform/ids.ts";
import { compileRule } from "./compile-rule.ts";
import { Rule } from "./rule.ts";

const id = SegmentId.parse("01890a5d-ac96-774b-bcce-b302099a8057");
const hasEmail = Rule.parse({
  is: "attribute",
  field: "@email",
  test: { test: "present", isPresent: true },
});
const spent = (measure: string) =>
  Rule.parse({
    is: "activity",
    did: { type: "purchase" },
    measure,
    compare: { op: "at-least", value: 12.5 },
  });

it('turns "none" into "not any"', () => {
  const { root } = compileRule({ is: "none", of: [hasEmail] }, new Map());
  expect(root).toEqual({ is: "not", of: { is: "any", of: [hasEmail] } });
});

it("replaces a segment's name by its rule", () => {
  const segments = new Map([[id, { id, name: "With email", rule: hasEmail }]]);
  const { root, conditions } = compileRule({ is: "segment", segment: id }, segments);
  expect(root).toEqual(hasEmail);
  expect(conditions).toEqual([hasEmail]);
});

it("matches nobody through a deleted segment", () => {
  const { root } = compileRule({ is: "segment", segment: id }, new Map());
  expect(root).toEqual({ is: "any", of: [] });
});

it("compares amounts in hundredths, and counts unchanged", () => {
  const compare = (measure: string) => compileRule(spent(measure), new Map()).root;
  expect(compare("sum")).toMatchObject({ compare: { op: "at-least", value: 1_250 } });
  expect(compare("average")).toMatchObject({ compare: { op: "at-least", value: 1_250 } });
  expect(compare("count")).toMatchObject({ compare: { op: "at-least", value: 12.5 } });
});

it("excludes people who opted out of profiling where behavior decides, also through another segment", () => {
  const segments = new Map([[id, { id, name: "Buyers", rule: spent("sum") }]]);
  const through = compileRule(
    { is: "all", of: [hasEmail, { is: "segment", segment: id }] },
    segments,
  );
  expect(through.excludesProfilingRefusers).toBe(true);
  expect(compileRule(hasEmail, segments).excludesProfilingRefusers).toBe(false);
});

it("lists conditions below every group", () => {
  const rule: Rule = { is: "all", of: [hasEmail, { is: "none", of: [spent("count")] }] };
  expect(compileRule(rule, new Map()).conditions).toEqual([hasEmail, spent("count")]);
});
