import { expect, it } from "vitest";
import { findCallResult } from "./call-result.ts";
import { documentedModel } from "./documented-model.ts";
import { findDrivers, describeDriver } from "./drivers.ts";
import { type Evaluation, decideModelStatus } from "./evaluation.ts";
import { isSpecialCategory } from "./special-category.ts";
import { predictChance } from "./model.ts";
import { computeTraits } from "./traits.ts";
import { listUsableTraits } from "./choose-traits.ts";

const at = new Date("2026-03-31T12:00:00Z");
const days = (count: number) => new Date(at.getTime() - count * 86_400_000);
const said = { at, outcomes: [], optOuts: [], complaints: [] };

it.each([
  ["SALE", "accepted"],
  ["Refused", "refused"],
  ["not interested", "refused"],
  ["DNC", "opted_out"],
  ["reached", null],
  ["no_answer", null],
  [null, null],
])("reads %s as %s", (outcome, result) => {
  expect(findCallResult({ ...said, outcomes: [outcome] })).toBe(result);
});

it("uses the strongest answer to a call within a week", () => {
  const accepted = { ...said, outcomes: ["accepted", "refused"] };
  expect(findCallResult(accepted)).toBe("refused");
  expect(findCallResult({ ...accepted, optOuts: [days(-6)] })).toBe("opted_out");
  expect(findCallResult({ ...accepted, optOuts: [days(-6)], complaints: [at] })).toBe("complained");
  expect(findCallResult({ ...said, optOuts: [days(-7), days(1)] })).toBeNull();
});

const visit = { type: "visit", amount: null, category: null };
const purchase = { type: "purchase", category: "garden", amount: 5_000 };
const person = {
  attributes: { city: "Omsk", age: 40, vip: true, tags: ["a"] },
  activities: [
    { ...visit, at: days(3) },
    { ...visit, at: days(91) },
    { ...purchase, at: days(10) },
    { ...purchase, at: days(400), category: "office", amount: 9_000 },
    { ...purchase, at: days(20), category: "Pharmacy", amount: 99_000 },
  ],
  calls: [
    { at: days(40), result: "refused" as const },
    { at: days(100), result: "accepted" as const },
    { at: days(30), result: null },
  ],
};

it("computes traits from what was known before a call", () => {
  expect(computeTraits(person, at)).toEqual({
    "attribute.city": "Omsk",
    "attribute.age": 40,
    "attribute.vip": "true",
    "calls-90-days": 2,
    "days-since-call": 30,
    "last-result": "refused",
    "purchases-365-days": 2,
    "spent-365-days": 104_000,
    "days-since-purchase": 10,
    "visits-90-days": 1,
    "favorite-category": "office",
    offer: null,
    "last-result-of-offer": null,
  });
});

it("includes the last result of the same offer", () => {
  const calls = [
    { at: days(9), result: "accepted" as const, offer: "loan" },
    { at: days(8), result: "refused" as const, offer: "card" },
    { at: days(-1), result: "complained" as const, offer: "loan" },
  ];
  const known = { attributes: {}, activities: [], calls };
  const told = (offer: string) => computeTraits(known, at, offer);
  expect(told("loan")).toMatchObject({ offer: "loan", "last-result-of-offer": "accepted" });
  expect(told("card")).toMatchObject({ offer: "card", "last-result-of-offer": "refused" });
  expect(told("bet")["last-result-of-offer"]).toBeNull();
  expect(predictChance(documentedModel, told("bet"))).toBeGreaterThan(
    predictChance(documentedModel, told("card")),
  );
});

it("ignores the call itself and everything after it", () => {
  const later = {
    attributes: {},
    activities: [
      { ...purchase, at },
      { ...visit, at: days(-1) },
    ],
    calls: [{ at, result: "complained" as const }],
  };
  expect(computeTraits(later, at)).toEqual(
    computeTraits({ attributes: {}, activities: [], calls: [] }, at),
  );
});

it.each([
  "religion",
  "HealthStatus",
  "trade_union",
  "Вероисповедание",
  "диагноз",
  "Pharmacy & care",
  "sex",
])("knows that %s tells of a special category", (text) => {
  expect(isSpecialCategory(text)).toBe(true);
});

it.each(["city", "Surgut", "jewelry", "hospitality", "Churchill", "полезное", "reunion tours"])(
  "accepts %s",
  (text) => {
    expect(isSpecialCategory(text)).toBe(false);
  },
);

it("excludes attributes of special categories, by name or by one of their values", () => {
  const people = [
    { "attribute.city": "Omsk", "attribute.religion": "x", "attribute.club": "chess" },
    { "attribute.city": "Perm", "attribute.age": 7, "attribute.club": "Catholic youth" },
  ];
  const attributes = listUsableTraits(people).filter(({ name }) => name.startsWith("attribute."));
  expect(attributes).toEqual([
    { name: "attribute.age", kind: "number" },
    { name: "attribute.city", kind: "category" },
  ]);
});

const evaluation: Evaluation = {
  calls: 300,
  accepted: 30,
  auc: 0.6,
  interval: [0.55, 0.65],
  calibrationError: 0.01,
  curve: [],
  lift10: 2,
  alift: 0.6,
  gains: [],
};

it("requires 500 outcomes and a result better than chance on later calls", () => {
  expect(decideModelStatus(500, evaluation)).toBe("model");
  expect(decideModelStatus(499, evaluation)).toBe("few-outcomes");
  expect(decideModelStatus(500, null)).toBe("one-sided");
  expect(decideModelStatus(500, { ...evaluation, interval: [0.5499, 0.7] })).toBe(
    "no-better-than-chance",
  );
});

it("has documented weights that prefer buyers to people called without result", () => {
  const unknown = computeTraits({ attributes: {}, activities: [], calls: [] }, at);
  const buyer = { ...unknown, "purchases-365-days": 1, "days-since-purchase": 10 };
  const tired = { ...unknown, "calls-90-days": 6, "last-result": "refused" };
  expect(predictChance(documentedModel, unknown)).toBeCloseTo(0.05, 10);
  expect(predictChance(documentedModel, buyer)).toBeGreaterThan(0.075);
  expect(predictChance(documentedModel, tired)).toBeLessThan(0.01);
  expect(findDrivers(documentedModel, tired)).toEqual([
    { traits: ["calls-90-days"], effect: expect.closeTo(-1.2, 10) },
    { traits: ["last-result"], effect: -0.7 },
  ]);
});

it("describes drivers in both languages", () => {
  const traits = { "calls-90-days": 6, "last-result": "refused", "attribute.city": null };
  const told = (locale: "en" | "ru", name: string, effect: number) =>
    describeDriver(locale, { traits: [name], effect }, traits);
  expect(told("en", "calls-90-days", -1.2)).toBe(
    "called 6 times in 90 days: much less likely to accept",
  );
  expect(told("ru", "calls-90-days", -1.2)).toBe(
    "за 90 дней 6 звонков: намного меньше шансов на согласие",
  );
  expect(told("en", "last-result", -0.2)).toBe("refused the last offer: less likely to accept");
  expect(told("en", "days-since-purchase", 0.1)).toBe("never bought: more likely to accept");
  expect(told("en", "attribute.city", 0.1)).toBe("city is not known: more likely to accept");
});
