import { consentFault, insufficient } from "./consent-fault.ts";
import { consentModel } from "./consent-model.ts";
import { bestGrant } from "./best-grant.ts";
import { type Finding, finds, findsByPolicy } from "./finding.ts";
import type { PreparedFacts } from "./prepare-facts.ts";
import type { Refusal } from "./reason.ts";

/** Consent first: nobody is called who did not agree, or who took it back. One reason at most. */
export function checkConsent(facts: PreparedFacts): Finding[] {
  const fault = consentFault(facts);
  if (fault === null) return lesserFaults(facts);

  const model = consentModel(facts);
  // Who said no is not called, whatever the law would allow.
  if (model.needsConsent || saidNo(facts)) {
    const by = fault.by ?? (model.needsConsent ? model.by : null);
    return [by ? finds(by, fault.refusal) : findsByPolicy("policy.consent", fault.refusal)];
  }
  return [
    finds({ ...model.by, effect: "warn" }, relaxed(fault.refusal)),
    ...model.warnings.map((demand) => finds(demand, fault.refusal)),
  ];
}

const saidNo = ({ standing: { status } }: PreparedFacts) =>
  status === "withdrawn" || status === "refused";

const relaxed = (refusal: Refusal): Refusal => ({
  ...refusal,
  message: { key: "refusal.consent-missing.relaxed" },
});

/** What rules that only warn want of a consent that is good otherwise. */
function lesserFaults(facts: PreparedFacts): Finding[] {
  const want = insufficient(bestGrant(facts, "warn")?.lacks ?? []);
  return want?.by ? [finds(want.by, want.refusal)] : [];
}
