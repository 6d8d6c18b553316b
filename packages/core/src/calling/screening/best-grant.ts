import { type ConsentEvent, findLackingElements } from "../../consents/consent/index.ts";
import type { RuleOfType } from "../../people/jurisdiction/index.ts";
import { isNonEmpty } from "../../platform/non-empty.ts";
import type { Effect } from "./reason.ts";
import { type AppliedRule, filterRules } from "./applied-rules.ts";
import type { PreparedFacts } from "./prepare-facts.ts";

/**
 * An element that a consent must have, or `written_form`: it must be in writing. `applied` is the rule that requires
 * it; null for an element that no rule requires, but every imported consent must have, because nobody saw it being
 * given.
 */
export type Demand = { element: string; applied: AppliedRule | null };
type RuleDemand = Demand & { applied: AppliedRule };

/**
 * Finds the consent in force that fails the fewest demands of rules of one effect, and the demands that it fails, none
 * if it is complete. For `refuse`, the elements that an imported consent lacks count too. Null if no consent is in
 * force. A later spoken yes does not undo a written consent, so any of them may be the best. Among equals, the latest
 * wins (`grants` is latest first).
 */
export function findBestGrant(
  facts: PreparedFacts,
  effect: Effect,
): { grant: ConsentEvent; lacks: readonly Demand[] } | null {
  const weighed = weighGrants(facts, effect);
  if (!isNonEmpty(weighed)) return null;
  return weighed.reduce((best, next) => (next.lacks.length < best.lacks.length ? next : best));
}

/**
 * Returns the consents in force, latest first, that lack nothing that a refusing rule requires. No other consent lifts
 * a listing in a registry or a ban.
 */
export const findCompleteGrants = (facts: PreparedFacts): ConsentEvent[] =>
  weighGrants(facts, "refuse").flatMap(({ grant, lacks }) => (lacks.length === 0 ? grant : []));

function weighGrants(facts: PreparedFacts, effect: Effect) {
  if (facts.grants.length === 0) return [];
  const demands = listDemands(facts).filter(({ applied }) => applied.effect === effect);
  return facts.grants.map((grant) => ({
    grant,
    lacks: [
      ...(effect === "refuse" ? findLackingElements(grant).map(toDemand) : []),
      ...demands.filter((demand) => !holds(grant, demand)),
    ],
  }));
}

const toDemand = (element: string): Demand => ({ element, applied: null });

function listDemands(facts: PreparedFacts): RuleDemand[] {
  const written = filterRules(facts, "consent_model").filter(({ rule }) => rule.value.form);
  return [
    ...written.map((applied) => ({ element: "written_form", applied })),
    ...filterRules(facts, "consent_elements").flatMap(listRequiredElements),
  ];
}

function listRequiredElements(applied: AppliedRule<RuleOfType<"consent_elements">>): RuleDemand[] {
  const { form, required_elements: elements } = applied.rule.value;
  const required = form === "written_signed" ? ["written_form", ...elements] : elements;
  return required.map((element) => ({ element, applied }));
}

const holds = ({ isWritten, elements }: ConsentEvent, { element }: Demand) =>
  element === "written_form" ? isWritten : elements.includes(element);
