import { bestGrant } from "./best-grant.ts";
import { type Finding, type UnmarkedReason, finds, refuses } from "./reason.ts";
import { rulesAbout } from "./judging-rules.ts";
import type { PreparedFacts } from "./prepare-facts.ts";
import { isOfAnother, isSurelyTheirs } from "./reassigned.ts";

/**
 * A number that was given to somebody else carries the consent of the one before. A database that
 * says so refuses all but consents that came later; one that was not asked, or not lately, or does not
 * know, does what the rule does (47 CFR 64.1200(m)).
 */
export function checkReassigned(facts: PreparedFacts): Finding[] {
  const { reassignment, grants, at } = facts;
  const { goneUntil: since } = reassignment;
  if (since !== null && !grants.some((grant) => !isOfAnother(reassignment, grant))) {
    const message = { key: "refusal.number-reassigned", values: { since } } as const;
    return [refuses({ reason: "number-reassigned", since, message })];
  }
  // The one that the call rests on.
  const relied = bestGrant(facts, "refuse")?.grant;
  if (relied !== undefined && isSurelyTheirs(reassignment, relied, at)) return [];
  return rulesAbout(facts, "reassigned_numbers").map((judging) => {
    const { registry } = judging.rule.value;
    return finds(judging, {
      reason: "number-reassigned",
      registry,
      message: unsure(facts, registry),
    });
  });
}

function unsure(
  { reassignment: { kept } }: PreparedFacts,
  registry: string,
): UnmarkedReason["message"] {
  if (kept === null) return { key: "refusal.number-reassigned.unchecked", values: { registry } };
  const values = { registry, since: kept.consentDate, askedAt: kept.askedAt };
  return { key: "refusal.number-reassigned.outdated", values };
}
