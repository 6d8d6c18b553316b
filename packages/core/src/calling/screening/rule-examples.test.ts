import { expect, it } from "vitest";
import { bundledRuleBook } from "../../people/jurisdiction/index.ts";
import { explainFailedExamples, needsExamples } from "./rule-trial.ts";

const rulesWithExamples = bundledRuleBook.rules.filter(needsExamples);

it("has two examples for every rule that refuses or warns, and for no other", () => {
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
