import { expect, it } from "vitest";
import { sellerA } from "../../../testing/facts.ts";
import { otherSegment, segmentFields, segmentTypes } from "../../../testing/segments.ts";
import { SegmentId } from "../../platform/ids.ts";
import { Rule } from "./rule.ts";
import { type RuleVocabulary, findRuleFaults } from "./rule-faults.ts";

const own = SegmentId.parse("00000000-0000-7000-8000-0000000000bb");
const third = SegmentId.parse("00000000-0000-7000-8000-0000000000cc");
const named = (id: SegmentId, rule: Rule) => ({ id, name: `Segment ${id.slice(-2)}`, rule });
const everybody: Rule = { is: "all", of: [] };

const world: RuleVocabulary = {
  fields: segmentFields,
  types: segmentTypes,
  segments: new Map([
    [otherSegment, named(otherSegment, everybody)],
    [third, named(third, { is: "segment", segment: own })],
  ]),
  ownId: own,
  sellers: [{ id: sellerA }],
  purposes: [{ key: "marketing" }],
};

const bought = (more: object = {}) => ({
  is: "activity",
  did: { type: "purchase" },
  measure: "count",
  compare: { op: "at-least", value: 1 },
  ...more,
});
const about = (field: string, test: object) => ({ is: "attribute", field, test });
const consent = {
  is: "consent",
  standing: "granted",
  seller: sellerA,
  purpose: "marketing",
  channel: "sms",
};

it.each([
  about("city", { test: "contains", text: "o" }),
  about("@region", { test: "one-of", values: ["US-TX"] }),
  about("@email", { test: "present", isPresent: true }),
  about("joined", { test: "day", when: { span: "next", days: 7 } }),
  bought({ measure: "sum", compare: { op: "at-least", value: 0.5 } }),
  consent,
  { is: "segment", segment: otherSegment },
])("finds nothing wrong with %j", (rule) => {
  expect(findRuleFaults(Rule.parse(rule), world)).toEqual([]);
});

const filter = (property: string, is: object) =>
  bought({ did: { type: "purchase", where: [{ property, is }] } });

it.each([
  [about("town", { test: "contains", text: "o" }), "/field", "segment.field-unknown"],
  [about("age", { test: "contains", text: "o" }), "/test", "segment.test-unfit"],
  [about("@name", { test: "contains", text: "A" }), "/test", "segment.test-unfit"],
  [about("age", { test: "number" }), "/test", "segment.range-empty"],
  [about("age", { test: "number", from: 2, to: 1 }), "/test", "segment.range-backwards"],
  [
    about("joined", {
      test: "day",
      when: { span: "between", from: "2026-03-02", to: "2026-03-01" },
    }),
    "/test",
    "segment.span-backwards",
  ],
  [about("joined", { test: "day", when: { span: "between" } }), "/test", "segment.span-empty"],
  [bought({ did: { type: "theft" } }), "/did/type", "activity.type-unknown"],
  [bought({ during: { span: "next", days: 7 } }), "/during", "segment.span-future"],
  [bought({ compare: { op: "at-least", value: 0.5 } }), "/compare", "segment.count-fraction"],
  [
    filter("colour", { test: "contains", text: "o" }),
    "/did/where/0/property",
    "activity.property-unknown",
  ],
  [filter("amount", { test: "contains", text: "o" }), "/did/where/0/is", "segment.test-unfit"],
  [
    bought({
      did: {
        type: "test-drive",
        where: [{ property: "on", is: { test: "day", when: { span: "last", days: 1 } } }],
      },
    }),
    "/did/where/0/is",
    "segment.property-relative",
  ],
  [{ ...consent, seller: own }, "/seller", "segment.seller-unknown"],
  [{ ...consent, purpose: "marketing.cars" }, "/purpose", "purpose.unknown"],
  [{ is: "segment", segment: sellerA }, "/segment", "segment.unknown"],
  [{ is: "segment", segment: own }, "/segment", "segment.unknown"],
  [{ is: "segment", segment: third }, "/segment", "segment.circle"],
  [
    { is: "ranking", type: "theft", by: "money", end: "top", percent: 1 },
    "/type",
    "activity.type-unknown",
  ],
])("finds what is wrong with %j at its node", (rule, path, key) => {
  const nested = Rule.parse({ is: "all", of: [{ is: "none", of: [everybody, rule] }] });
  expect(findRuleFaults(nested, world)).toMatchObject([
    { path: `/of/0/of/1${path}`, message: { key } },
  ]);
});

it("finds all faults at once", () => {
  const rule = Rule.parse({
    is: "any",
    of: [
      about("town", { test: "present", isPresent: true }),
      bought(),
      bought({ did: { type: "theft" } }),
    ],
  });
  expect(findRuleFaults(rule, world).map(({ path }) => path)).toEqual([
    "/of/0/field",
    "/of/2/did/type",
  ]);
});

const wide = (count: number) => ({
  is: "any",
  of: Array.from({ length: count }, () => everybody),
});

it("rejects a rule that is too deep, too large or of an unknown kind", () => {
  const deep = (depth: number): unknown =>
    depth === 0 ? everybody : { is: "all", of: [deep(depth - 1)] };
  expect(Rule.safeParse(deep(7)).success).toBe(true);
  expect(Rule.safeParse(deep(8)).success).toBe(false);
  expect(Rule.safeParse(wide(99)).success).toBe(true);
  expect(Rule.safeParse(wide(100)).success).toBe(false);
  expect(Rule.safeParse({ is: "zodiac", sign: "lion" }).success).toBe(false);
});
