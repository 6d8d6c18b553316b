import { bestGrant } from "./best-grant.ts";
import { type Finding, type UnmarkedReason, finds, refuses } from "./reason.ts";
import { rulesAbout } from "./judging-rules.ts";
import type { PreparedFacts } from "./prepare-facts.ts";
import { isOfAnother, isSurelyTheirs } from "./reassigned.ts";

/**
 * Refuses a call that rests on the consent of a number's previous owner (47 CFR 64.1200(m)). If the database says
 * that the number was reassigned, only a later consent counts. If it was not asked, its answer is too old, or it
 * does not know, the rule decides whether to refuse or to warn.
 */
export function checkReassigned(facts: PreparedFacts): Finding[] {
  const { reassignment, grants, at } = facts;
  const { goneUntil: since } = reassignment;
  if (since !== null && !grants.some((grant) => !isOfAnother(reassignment, grant))) {
    const message = { key: "refusal.number-reassigned", values: { since } } as const;
    return [refuses({ reason: "number-reassigned", since, message })];
  }
  // The grant that the call rests on.
  const relied = bestGrant(facts, "refuse")?.grant;
  if (relied !== undefined && isSurelyTheirs(reassignment, relied, at)) return [];
  return rulesAbout(facts, "reassigned_numbers").map((judging) => {
    const { registry } = judging.rule.value;
    return finds(judging, {
      reason: "number-reassigned",
      registry,
      message: explainDoubt(facts, registry),
    });
  });
}

function explainDoubt(
  { reassignment: { kept } }: PreparedFacts,
  registry: string,
): UnmarkedReason["message"] {
  if (kept === null) return { key: "refusal.number-reassigned.unchecked", values: { registry } };
  const values = { registry, since: kept.consentDate, askedAt: kept.askedAt };
  return { key: "refusal.number-reassigned.outdated", values };
}
