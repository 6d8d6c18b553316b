import { expect, it } from "vitest";
import { otherSegment } from "../../../testing/segments.ts";
import { findChangedSegments, canFollowActivities, collectVersions } from "./rule-references.ts";
import type { Rule } from "./rule.ts";
import { SegmentId } from "../../platform/ids.ts";

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

it("follows activities through the segments that a rule depends on", () => {
  expect(canFollowActivities(bought, none)).toBe(true);
  expect(canFollowActivities({ is: "none", of: [named, bought] }, none)).toBe(true);
  expect(canFollowActivities(inOther, withOther(bought))).toBe(true);
});

it("does not follow rules that activities do not change, or rankings", () => {
  expect(canFollowActivities(named, none)).toBe(false);
  expect(canFollowActivities(best, none)).toBe(false);
  expect(canFollowActivities({ is: "all", of: [bought, best] }, none)).toBe(false);
  expect(canFollowActivities({ is: "all", of: [bought, inOther] }, withOther(best))).toBe(false);
});

const [a = "", b = "", c = "", d = ""] = [1, 2, 3, 4].map(
  (n) => `0198a000-0000-7000-8000-00000000000${n}`,
);

const names = (...ids: string[]): Rule => ({
  is: "any",
  of: ids.map((id) => ({ is: "segment", segment: SegmentId.parse(id) })),
});

const segment = (text: string, version: number, rule: Rule) => {
  const id = SegmentId.parse(text);
  return [id, { id, name: text, version, rule }] as const;
};

/** `a` rests on `b`, and that on `c`; nobody rests on `d`. */
const segments = () =>
  new Map([
    segment(a, 4, names(b)),
    segment(b, 2, names(c)),
    segment(c, 1, names()),
    segment(d, 9, names()),
  ]);

it("collects every rule it depends on, each once", () => {
  const ids = [a, b].map((id) => SegmentId.parse(id));
  expect(collectVersions(ids, segments())).toEqual([
    { segment: a, version: 4 },
    { segment: b, version: 2 },
    { segment: c, version: 1 },
  ]);
});

it("finds which of them changed or were archived, and no others", () => {
  const versions = collectVersions([SegmentId.parse(a)], segments());
  const now = segments();
  now.set(...segment(d, 10, names()));
  expect(findChangedSegments(versions, now)).toEqual([]);
  now.set(...segment(c, 2, names()));
  expect(findChangedSegments(versions, now)).toEqual([c]);
  now.delete(SegmentId.parse(b));
  expect(findChangedSegments(versions, now)).toEqual([b, c]);
});
