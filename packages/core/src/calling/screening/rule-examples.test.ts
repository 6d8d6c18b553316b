import { expect, it } from "vitest";
import { toExampleFacts } from "../../../testing/example-facts.ts";
import {
  type Rule,
  type RuleExamples,
  enforcedTypes,
  listWithParents,
  bundledRuleBook,
} from "../../people/jurisdiction/index.ts";
import type { Reason } from "./reason.ts";
import { screen } from "./screen.ts";

/** True for a rule by which a screening refuses or warns. Abandoned calls are judged afterwards. */
const needsExamples = ({ type, effect, status }: Rule) =>
  status !== "bill_unverified" &&
  effect !== "info" &&
  type !== "abandoned_calls" &&
  (enforcedTypes.has(type) || effect === "warn");

const rulesWithExamples = bundledRuleBook.rules.filter(needsExamples);

it("has two examples for every rule that refuses or warns, and for no other", () => {
  expect([...bundledRuleBook.examples.keys()]).toEqual(rulesWithExamples.map(({ id }) => id));
});

/** A law that lets people be called until they object refuses nobody by itself; their objection does. */
const givesLeave = (rule: Rule) =>
  rule.type === "consent_model" && rule.value.model === "opt_out_with_registry";

const cases = rulesWithExamples.flatMap((rule) => {
  const examples = bundledRuleBook.examples.get(rule.id);
  return examples === undefined ? [] : [[rule.id, rule, examples] as const];
});

it.each(cases)("%s allows the example just inside it", (_, rule, [inside]) => {
  const { verdict, refusals, warnings } = judge(inside);
  const findings = givesLeave(rule) ? refusals : [...refusals, ...warnings];
  expect({
    verdict,
    refusedByAnother: hasReason(refusals, inside.expected.reason),
    byThisRule: findings.filter((finding) => finding.rule === rule.id),
  }).toEqual({
    verdict: inside.expected.verdict,
    refusedByAnother: inside.expected.verdict === "refuse",
    byThisRule: [],
  });
});

it.each(cases)("%s refuses or warns of the example just outside it", (id, rule, [, outside]) => {
  const { verdict, reason } = outside.expected;
  const { refusals, warnings } = judge(outside);
  const findings = verdict === "warn" ? warnings : refusals;
  const ofRule = givesLeave(rule) ? findings : findings.filter((finding) => finding.rule === id);
  expect({ verdict, reasons: ofRule.map((finding) => finding.reason) }).toEqual({
    verdict: rule.effect === "warn" ? "warn" : "refuse",
    reasons: expect.arrayContaining([reason]),
  });
});

it.each(cases)(
  "%s: the number of its example has its place and a time zone",
  (_, rule, [, outside]) => {
    const { jurisdictions, zones } = toExampleFacts(outside);
    expect(listWithParents(bundledRuleBook, jurisdictions)).toContain(rule.jurisdiction);
    expect(zones).not.toEqual([]);
  },
);

const judge = (example: RuleExamples[number]) => screen(toExampleFacts(example));

const hasReason = (findings: readonly Reason[], reason: string | null) =>
  findings.some((finding) => finding.reason === reason);
