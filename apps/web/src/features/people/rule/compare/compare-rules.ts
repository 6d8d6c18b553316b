import { canonicalJson } from "@ringfence/core/people/jurisdiction";
import type { RuleView } from "@ringfence/services/people/jurisdiction";
import { type RuleGroup, ruleGroups, rulesOfGroup } from "../rule-groups";

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
 * whatever their articles. Rules that have ended are left out.
 */
export function compareRules<Row extends Compared>(
  left: readonly Row[],
  right: readonly Row[],
): GroupComparison<Row>[] {
  return ruleGroups.map((group) => {
    const some = rulesOfGroup(left.filter(isCurrent), group);
    const others = rulesOfGroup(right.filter(isCurrent), group);
    const [ofLeft, ofRight] = [new Set(some.map(sign)), new Set(others.map(sign))];
    return {
      group,
      left: some.filter((row) => !ofRight.has(sign(row))),
      right: others.filter((row) => !ofLeft.has(sign(row))),
      common: some.filter((row) => ofRight.has(sign(row))),
    };
  });
}

const isCurrent = ({ phase }: Compared) => phase !== "ended";

/** What a rule demands, and of which calls. */
const sign = ({ rule: { type, effect, when, value }, phase, eased }: Compared) =>
  canonicalJson([type, effect, phase, eased !== null, when, value]);
