import { expect, it } from "vitest";
import { homeZone, otherSegment, segmentNow } from "./segments.ts";
import {
  type EvaluationContext,
  type Person,
  findMembersByDefinition,
} from "./segment-reference.ts";
import { Rule } from "../src/audience/segment/rule.ts";

const world: EvaluationContext = { now: segmentNow, zone: homeZone, segments: new Map() };
const nobody: Person = {
  ordinal: 1,
  zone: null,
  fields: {},
  activities: [],
  calls: [],
  consents: [],
  hasRefusedProfiling: false,
};
const deed = (at: string, more: object = {}) => ({
  type: "purchase",
  at: new Date(at),
  amount: null,
  category: null,
  properties: {},
  key: at,
  ...more,
});
const isIn = (rule: unknown, person: Partial<Person>, more: Partial<EvaluationContext> = {}) =>
  findMembersByDefinition(Rule.parse(rule), [{ ...nobody, ...person }], { ...world, ...more }).has(
    1,
  );

const boughtToday = {
  is: "activity",
  did: { type: "purchase" },
  during: { span: "last", days: 0 },
  measure: "count",
  compare: { op: "at-least", value: 1 },
};

it.each([
  ["Europe/London", "2026-03-29T00:00:00.000Z", true],
  ["Europe/London", "2026-03-28T23:59:59.999Z", false],
  ["Asia/Kamchatka", "2026-03-29T12:00:00.000Z", true],
  ["Asia/Kamchatka", "2026-03-29T11:59:59.999Z", false],
  ["America/New_York", "2026-03-29T03:59:59.999Z", false],
])("begins today at midnight in %s: %s %s", (zone, at, expected) => {
  expect(isIn(boughtToday, { zone, activities: [deed(at)] })).toBe(expected);
});

it("asks by the organization's clock of who did not say where they live", () => {
  const activities = [deed("2026-03-28T23:30:00Z")];
  expect(isIn(boughtToday, { activities })).toBe(false);
  expect(isIn(boughtToday, { activities }, { zone: "Etc/GMT-1" })).toBe(true);
});

const sum = (measure: string, op: string, value: number) => ({
  ...boughtToday,
  during: undefined,
  measure,
  compare: { op, value },
});

it.each([
  ["sum", "exactly", 0.3, true],
  ["average", "exactly", 0.15, true],
  ["average", "at-least", 0.16, false],
])("adds amounts exactly: %s %s %d", (measure, op, value, expected) => {
  const activities = [
    deed("2026-01-01T00:00:00Z", { amount: 10 }),
    deed("2026-01-02T00:00:00Z", { amount: 20 }),
    deed("2026-01-03T00:00:00Z"),
  ];
  expect(isIn(sum(measure, op, value), { activities })).toBe(expected);
});

it("takes who did nothing to have spent nothing, and to have no average", () => {
  expect(isIn(sum("sum", "at-most", 0), {})).toBe(true);
  expect(isIn(sum("average", "at-most", 5), {})).toBe(false);
});

it("knows that something was not done only when its time is over", () => {
  const rule = {
    is: "sequence",
    first: { type: "visit" },
    next: { type: "purchase" },
    withinDays: 7,
    happened: false,
  };
  const visit = (at: string) => [deed(at, { type: "visit" })];
  expect(isIn(rule, { activities: visit("2026-03-22T21:30:00Z") })).toBe(true);
  expect(isIn(rule, { activities: visit("2026-03-22T21:30:01Z") })).toBe(false);
  const bought = [...visit("2026-03-01T00:00:00Z"), deed("2026-03-08T00:00:00Z")];
  expect(isIn(rule, { activities: bought })).toBe(false);
  expect(isIn({ ...rule, happened: true }, { activities: bought })).toBe(true);
});

it("ranks equals together", () => {
  const people = [1, 2, 2, 3].map((count, index) => ({
    ...nobody,
    ordinal: index,
    activities: Array.from({ length: count }, (_, day) => deed(`2026-01-0${day + 1}T00:00:00Z`)),
  }));
  const best = (percent: number) =>
    findMembersByDefinition(
      { is: "ranking", type: "purchase", by: "frequency", end: "top", percent },
      [...people, nobody],
      world,
    );
  expect([...best(25)]).toEqual([3]);
  expect([...best(26)]).toEqual([1, 2, 3]);
});

const says = (at: string, value: string) =>
  deed(at, { type: "preference", properties: { topic: "time", value } });
const prefers = (value: string) => ({ is: "preference", topic: "time", values: [value] });

it("asks for what a person said last that they prefer", () => {
  const activities = [
    says("2026-03-02T00:00:00Z", "evening"),
    says("2026-03-01T00:00:00Z", "morning"),
  ];
  expect(isIn(prefers("evening"), { activities })).toBe(true);
  expect(isIn(prefers("morning"), { activities })).toBe(false);
});

it("excludes people who opted out of profiling from rules about behavior, even about things not done", () => {
  const lives = { is: "attribute", field: "city", test: { test: "one-of", values: ["Tver"] } };
  const inOther = { is: "segment", segment: otherSegment };
  const refused = { fields: { city: "Tver" }, hasRefusedProfiling: true };
  const other = {
    id: otherSegment,
    name: "Buyers",
    rule: Rule.parse({ is: "none", of: [boughtToday] }),
  };
  const segments = new Map([[otherSegment, other]]);

  expect(isIn(lives, refused)).toBe(true);
  expect(isIn({ is: "any", of: [lives, boughtToday] }, refused)).toBe(false);
  expect(isIn({ is: "none", of: [boughtToday] }, refused)).toBe(false);
  expect(isIn(inOther, refused, { segments })).toBe(false);
  expect(isIn(inOther, {}, { segments })).toBe(true);
});
