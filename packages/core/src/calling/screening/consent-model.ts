import { type RuleOfType, listLineage } from "../../people/jurisdiction/index.ts";
import { type Judging, rulesAbout } from "./judging-rules.ts";
import type { PreparedFacts } from "./prepare-facts.ts";

/** Whether a call needs consent, and by which rule; null where the seller's policy alone asks. */
export type ConsentModel =
  | { needsConsent: true; by: Judging | null }
  /** Here `by` gives leave, and `warnings` would ask for consent if they did more than warn. */
  | { needsConsent: false; by: Judging; warnings: readonly Judging[] };

/**
 * Consent first, everywhere. A seller may relax that to what the law allows, which it does only where
 * every place of the call has a rule that says so, and no rule that refuses says otherwise.
 */
export function consentModel(facts: PreparedFacts): ConsentModel {
  const models = rulesAbout(facts, "consent_model");
  const leave = models.filter(isOptOut);
  const demands: Judging[] = [
    ...models.filter((judging) => !isOptOut(judging)),
    ...rulesAbout(facts, "line_type"),
  ];

  const by = demands.find(({ effect }) => effect === "refuse") ?? null;
  if (by !== null || facts.seller.consentPolicy === "opt_in") return { needsConsent: true, by };

  const [given] = leave;
  const isGiven = (place: string) =>
    leave.some(({ rule }) => listLineage(place).includes(rule.jurisdiction));
  if (given === undefined || !placesOf(facts).every(isGiven)) {
    return { needsConsent: true, by: null };
  }
  return { needsConsent: false, by: given, warnings: demands };
}

const isOptOut = ({ rule }: Judging<RuleOfType<"consent_model">>) =>
  rule.value.model === "opt_out_with_registry";

/** The places themselves, without those that they lie in. */
const placesOf = ({ jurisdictions }: PreparedFacts) =>
  jurisdictions.filter(
    (place) =>
      !jurisdictions.some((other) => other !== place && listLineage(other).includes(place)),
  );
