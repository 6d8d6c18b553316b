import { expect, it } from "vitest";
import { otherSegment } from "../../../testing/segments.ts";
import { followsActivities } from "./follows-activities.ts";
import type { Rule } from "./rule.ts";

const bought: Rule = {
  is: "activity",
  did: { type: "purchase" },
  measure: "count",
  compare: { op: "at-least", value: 1 },
};
const best: Rule = { is: "ranking", type: "purchase", by: "money", end: "top", percent: 10 };
const named: Rule = { is: "attribute", field: "@name", test: { test: "present", isPresent: true } };
const inOther: Rule = { is: "segment", segment: otherSegment };
const withOther = (rule: Rule) =>
  new Map([[otherSegment, { id: otherSegment, name: "Other", rule }]]);
const none = new Map();

it("follows what people did, through the segments that a rule rests on", () => {
  expect(followsActivities(bought, none)).toBe(true);
  expect(followsActivities({ is: "none", of: [named, bought] }, none)).toBe(true);
  expect(followsActivities(inOther, withOther(bought))).toBe(true);
});

it("follows nothing where no activity changes who is in, nor where one moves others", () => {
  expect(followsActivities(named, none)).toBe(false);
  expect(followsActivities(best, none)).toBe(false);
  expect(followsActivities({ is: "all", of: [bought, best] }, none)).toBe(false);
  expect(followsActivities({ is: "all", of: [bought, inOther] }, withOther(best))).toBe(false);
});
