import { type Finding, finds, refuses } from "./finding.ts";
import { rulesAbout } from "./judging-rules.ts";
import type { PreparedFacts } from "./prepare-facts.ts";

/**
 * A number that was given to somebody else carries the consent of the one before. A database that
 * says so refuses every consent that is not later; one that was not asked, or does not know, does
 * what the rule does (47 CFR 64.1200(m)).
 */
export function checkReassigned(facts: PreparedFacts): Finding[] {
  const { reassigned, grants } = facts;
  if (reassigned?.answer === "yes") {
    const { at: since } = reassigned;
    const isConsentOfNewOwner = grants.length > 0 && grants.every((grant) => grant.at > since);
    const message = { key: "refusal.number-reassigned", values: { since } } as const;
    return isConsentOfNewOwner ? [] : [refuses({ reason: "number-reassigned", since, message })];
  }
  if (isStillTheirs(facts)) return [];
  return rulesAbout(facts, "reassigned_numbers").map((judging) =>
    finds(judging, {
      reason: "number-reassigned",
      registry: judging.rule.value.registry,
      message: {
        key: "refusal.number-reassigned.unchecked",
        values: { registry: judging.rule.value.registry },
      },
    }),
  );
}

/** The answer is about the time since a date: a consent before that date may be of another owner. */
const isStillTheirs = ({ reassigned, grants, at }: PreparedFacts) =>
  reassigned?.answer === "no" &&
  reassigned.at <= at &&
  grants.every((grant) => reassigned.consentDate <= grant.at);
