import { expect, it } from "vitest";
import { aDuty } from "../../../testing/duties.ts";
import { bundledRuleBook } from "../../people/jurisdiction/index.ts";
import { explainFailedExamples, needsExamples } from "./rule-trial.ts";

const rulesWithExamples = bundledRuleBook.rules.filter(needsExamples);

it("has two examples for every rule that refuses or warns and for every duty, and for no other", () => {
  expect([...bundledRuleBook.examples.keys()]).toEqual(rulesWithExamples.map(({ id }) => id));
});

it.each(rulesWithExamples.map((rule) => [rule.id, rule] as const))(
  "%s allows the example just inside it and refuses or warns of the one just outside",
  (_, rule) => {
    expect(explainFailedExamples(bundledRuleBook, rule)).toEqual([]);
  },
);

it("explains how an example differs from the verdict", () => {
  const rule = bundledRuleBook.rules.find(({ id }) => id === "US-FL.cap");
  if (rule?.type !== "frequency_cap") throw new Error("no such cap");
  const [milder, none] = [
    { ...rule, value: { ...rule.value, max: 9 } },
    { ...rule, id: "US-FL.other" },
  ];
  const withRule = (changed: typeof rule) => ({
    ...bundledRuleBook,
    rules: bundledRuleBook.rules.map((one) => (one.id === rule.id ? changed : one)),
  });
  expect(explainFailedExamples(withRule(milder), milder)).toEqual([
    expect.stringContaining("should give frequency-cap by this rule"),
  ]);
  expect(explainFailedExamples(withRule(none), none)).toEqual(["has no examples"]);
});

it("explains how the examples of a duty differ, by calls of a campaign", () => {
  const rule = aDuty("US.cli");
  const [none, reversed] = [
    { ...rule, id: "US.other" },
    { ...rule, when: { purpose: ["survey" as const] } },
  ];
  const withRule = (changed: typeof rule) => ({
    ...bundledRuleBook,
    rules: bundledRuleBook.rules.map((one) => (one.id === rule.id ? changed : one)),
  });
  expect(explainFailedExamples(withRule(none), none)).toEqual(["has no examples"]);
  expect(explainFailedExamples(withRule(reversed), reversed)).toEqual([
    expect.stringMatching(/^the campaign without the duty should be "allow"/),
    "the campaign with the duty should be refused by it, but is allowed",
  ]);
});
