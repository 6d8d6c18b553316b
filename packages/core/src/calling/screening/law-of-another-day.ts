import { buildLawForDay } from "../../people/jurisdiction/index.ts";
import { type OwnPolicy, selectPolicies } from "../policy/index.ts";
import { type ScreeningFacts, addPolicies } from "./facts.ts";
import type { Reason } from "./reason.ts";
import { listRefusals, runChecks } from "./screen.ts";

/**
 * Lists the reasons for refusing a call if the law of another day applied at its instant. The local time and all other
 * facts stay the same. Former law that the organization keeps applies too, as of that day.
 */
export function listRefusalsByLawForDay(
  facts: ScreeningFacts,
  day: string,
  drafts: { hasDrafts?: boolean } = {},
): readonly Reason[] {
  const { law: present, keptLaw, ownLaw } = facts;
  const law = buildLawForDay(present, day, drafts);
  const view: ScreeningFacts = {
    ...facts,
    law,
    keptLaw: keptLaw && { ...keptLaw, law: buildLawForDay(keptLaw.law, day, drafts) },
    // The dates of a policy's rules are those of the call.
    ownLaw: ownLaw && addPolicies({ ...facts, law }, ownLaw.policies),
  };
  return listRefusals(runChecks(view));
}

/** Lists the reasons for refusing a call if these policies judged it, in place of those that do. */
export const listRefusalsUnderPolicies = (
  facts: ScreeningFacts,
  policies: readonly OwnPolicy[],
): readonly Reason[] =>
  listRefusals(
    runChecks({ ...facts, ownLaw: addPolicies(facts, selectPolicies(policies, facts.seller.id)) }),
  );
