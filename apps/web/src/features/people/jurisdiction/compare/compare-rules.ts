import { canonicalJson } from "@ringfence/core/people/jurisdiction";
import type { RuleView } from "@ringfence/services/people/jurisdiction";
import { type RuleGroup, ruleGroups, selectRulesInGroup } from "../rule-groups";

type Compared = Pick<RuleView, "rule" | "phase" | "eased">;

export type GroupComparison<Row> = {
  group: RuleGroup;
  /** Rules that only one of the places has. */
  left: readonly Row[];
  right: readonly Row[];
  /** Rules that demand the same in both, as the left place has them. */
  common: readonly Row[];
};

/**
 * Compares the rules of two places, section by section. Rules are the same if they demand the same of the same calls,
 * with the same effect and phase, whatever their articles. Rules that have ended are left out.
 */
export function compareRules<Row extends Compared>(
  left: readonly Row[],
  right: readonly Row[],
): GroupComparison<Row>[] {
  return ruleGroups.map((group) => {
    const some = selectRulesInGroup(left.filter(isCurrent), group);
    const others = selectRulesInGroup(right.filter(isCurrent), group);
    const [leftKeys, rightKeys] = [new Set(some.map(toKey)), new Set(others.map(toKey))];
    return {
      group,
      left: some.filter((row) => !rightKeys.has(toKey(row))),
      right: others.filter((row) => !leftKeys.has(toKey(row))),
      common: some.filter((row) => rightKeys.has(toKey(row))),
    };
  });
}

const isCurrent = ({ phase }: Compared) => phase !== "ended";

/** Returns a key that two rules share if `compareRules` counts them as the same. */
const toKey = ({ rule: { type, effect, when, value, duty }, phase, eased }: Compared) =>
  canonicalJson([type, effect, phase, eased !== null, when, value, duty ?? null]);
