import { findBestGrant } from "./best-grant.ts";
import { type Finding, type UnmarkedReason, createFinding, createRefusal } from "./reason.ts";
import { filterRules } from "./applied-rules.ts";
import type { PreparedFacts } from "./prepare-facts.ts";
import { mayBeOfPreviousOwner, isConfirmedOwner } from "./reassigned.ts";

/**
 * Refuses a call that rests on the consent of a number's previous owner (47 CFR 64.1200(m)). If the database says that
 * the number was reassigned, only a consent given after that answer counts, or one that a later answer confirms
 * (`findOwnedSince`). If nothing confirms the consent (the database was not asked, or about a later day; its answer is
 * too old, or it does not know), the rules about reassigned numbers decide whether to refuse or to warn.
 */
export function checkReassigned(facts: PreparedFacts): Finding[] {
  const { reassignment, grants, at } = facts;
  const { reassignedAt: since } = reassignment;
  if (since !== null && !grants.some((grant) => !mayBeOfPreviousOwner(reassignment, grant))) {
    const message = { key: "refusal.number-reassigned", values: { since } } as const;
    return [createRefusal({ reason: "number-reassigned", since, message })];
  }
  // The consent that the call rests on; null if none is in force.
  const relied = findBestGrant(facts, "refuse")?.grant ?? null;
  if (isConfirmedOwner(reassignment, relied, at)) return [];
  return filterRules(facts, "reassigned_numbers").map((applied) => {
    const { registry } = applied.rule.value;
    return createFinding(applied, {
      reason: "number-reassigned",
      registry,
      message: explainDoubt(facts, registry),
    });
  });
}

function explainDoubt(
  { reassignment: { confirmation } }: PreparedFacts,
  registry: string,
): UnmarkedReason["message"] {
  if (confirmation === null)
    return { key: "refusal.number-reassigned.unchecked", values: { registry } };
  const values = { registry, since: confirmation.consentDate, askedAt: confirmation.askedAt };
  return { key: "refusal.number-reassigned.outdated", values };
}
