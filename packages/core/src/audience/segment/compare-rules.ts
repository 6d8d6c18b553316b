import type { Locale } from "../../platform/message/index.ts";
import { isGroup, nodesOf, type Rule } from "./rule.ts";
import { type RuleNames, tellRule } from "./tell-rule.ts";

/** Differences between two versions of a rule, as sentences of their conditions. */
export type RuleChanges = {
  added: readonly string[];
  removed: readonly string[];
  /** The conditions are the same, but they are ordered or grouped in another way. */
  isRegrouped: boolean;
};

/** Compares two versions of a rule, condition by condition. */
export function compareRules(
  locale: Locale,
  before: Rule,
  after: Rule,
  names: RuleNames,
): RuleChanges {
  const [old, fresh] = [before, after].map((rule) => listConditions(locale, rule, names));
  const added = without(fresh ?? [], old ?? []);
  const removed = without(old ?? [], fresh ?? []);
  const isSame = added.length + removed.length === 0;
  return {
    added,
    removed,
    isRegrouped: isSame && JSON.stringify(before) !== JSON.stringify(after),
  };
}

const listConditions = (locale: Locale, rule: Rule, names: RuleNames): string[] =>
  nodesOf(rule)
    .filter((node) => !isGroup(node))
    .map((node) => tellRule(locale, node, names));

/** Some sentences without others, each taken out as often as it is there. */
function without(sentences: readonly string[], others: readonly string[]): string[] {
  const rest = [...others];
  return sentences.filter((sentence) => {
    const index = rest.indexOf(sentence);
    if (index === -1) return true;
    rest.splice(index, 1);
    return false;
  });
}
