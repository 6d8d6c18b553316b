import { periodDays } from "../../platform/time/index.ts";
import { isInForce, type Rule, type RuleOf } from "./rule.ts";
import { ruleBook } from "./rule-book.ts";
import { rulesOf } from "./rules-in-force.ts";

type ScrubRule = RuleOf<"registry_scrub">;

/** How old an edition may be by the strictest of rules, in days; null where none says, 0 where none may be. */
export function strictestDays(rules: readonly ScrubRule[]): number | null {
  const limits = rules.flatMap(({ id }) => limitOfRule.get(id) ?? []);
  return limits.length === 0 ? null : Math.min(...limits);
}

/**
 * How old an edition of a registry may be, by all rules that name it on a day; the organization's own
 * limit, where they set none. A call is judged by those of its own places, which are never stricter.
 */
export function limitDaysOn(isoDate: string, code: string, ownDays: number): number {
  const naming = [...ruleBook.jurisdictions.keys()]
    .flatMap(rulesOf)
    .filter(isScrub)
    .filter((rule) => rule.value.registry === code && isInForce(rule, isoDate));
  return strictestDays(naming) ?? ownDays;
}

const isScrub = (rule: Rule): rule is ScrubRule => rule.type === "registry_scrub";

/** `real_time_scrub` asks for an answer of the very instant. */
function limitOf(maxAge: string | undefined): number | null {
  if (maxAge === undefined) return null;
  return maxAge === "real_time_scrub" ? 0 : periodDays(maxAge);
}

/** In days, by rule. */
const limitOfRule = new Map(
  ruleBook.rules.filter(isScrub).map(({ id, value }) => [id, limitOf(value.max_age)]),
);
