import type { RuleOfType, RuleType } from "../../people/jurisdiction/index.ts";
import type { ScreeningFacts } from "./facts.ts";
import { callFactsOf, judgingRules, rulesAbout } from "./judging-rules.ts";

/** The rules of a type that a call must keep, also of those that no screening can refuse by. */
export const rulesOfCall = <T extends RuleType>(facts: ScreeningFacts, type: T): RuleOfType<T>[] =>
  rulesAbout({ rules: judgingRules(facts, callFactsOf(facts)) }, type).map(({ rule }) => rule);
