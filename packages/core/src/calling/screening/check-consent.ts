import { type Demand, findBestGrant } from "./best-grant.ts";
import { type Finding, type UnmarkedReason, createFinding, createPolicyFinding } from "./reason.ts";
import { type PreparedFacts, findEarlyAsking, findLegalEnd } from "./prepare-facts.ts";
import { findNearestMismatch } from "../../consents/consent/index.ts";
import { isNonEmpty } from "../../platform/non-empty.ts";
import { type AppliedRule, filterRules } from "./applied-rules.ts";
import { type RuleOfType, listLineage } from "../../people/jurisdiction/index.ts";

/**
 * Refuses a call to anyone who did not agree or who withdrew, with one reason. Where the law and the seller's
 * policy let people be called without consent, its lack only warns; a withdrawal or a refusal still refuses. A consent
 * that is good enough for the mandatory rules gets only the warnings of other rules.
 */
export function checkConsent(facts: PreparedFacts): Finding[] {
  const fault = findConsentFault(facts);
  if (fault === null) return findConsentWarnings(facts);

  const model = findConsentModel(facts);
  // Nobody who said no is called, even if the law would allow it.
  if (model.needsConsent || hasRefused(facts, fault)) {
    const by = fault.by ?? (model.needsConsent ? model.by : null);
    return [
      by ? createFinding(by, fault.refusal) : createPolicyFinding("policy.consent", fault.refusal),
    ];
  }
  return [
    createFinding({ ...model.by, effect: "warn" }, relax(fault.refusal)),
    ...model.warnings.map((demand) => createFinding(demand, fault.refusal)),
  ];
}

/**
 * True if the person refused or withdrew, or said yes so soon after that that they could not have been asked yet: that
 * yes does not count.
 */
const hasRefused = ({ standing: { status } }: PreparedFacts, { refusal }: ConsentFault) =>
  status === "refused" || refusal.reason === "consent-withdrawn";

const relax = (refusal: UnmarkedReason): UnmarkedReason => ({
  ...refusal,
  message: { key: "refusal.consent-missing.relaxed" },
});

/**
 * Warns if a consent that satisfies the mandatory rules lacks what warning rules ask for, is older than they
 * allow, or was asked for sooner after a refusal than they allow.
 */
function findConsentWarnings(facts: PreparedFacts): Finding[] {
  const relied = findBestGrant(facts, "refuse")?.grant;
  const end = relied === undefined ? null : findLegalEnd(relied, facts, "warn");
  const asking = relied === undefined ? null : findEarlyAsking(relied, facts, "warn");
  const want = toElementFault(findBestGrant(facts, "warn")?.lacks ?? []);
  return [
    ...(end === null
      ? []
      : [createFinding(end.applied, explainEnded("consent-expired", end.since))]),
    ...(asking === null
      ? []
      : [createFinding(asking.applied, explainEnded("consent-withdrawn", asking.since))]),
    ...(want?.by ? [createFinding(want.by, want.refusal)] : []),
  ];
}

/** Reason why no consent is good enough. `by`: the rule that requires more, if there is one. */
type ConsentFault = { refusal: UnmarkedReason; by?: AppliedRule };

/** Finds what is wrong with the consent; null if it is good (contract 3). */
function findConsentFault(facts: PreparedFacts): ConsentFault | null {
  const { standing, purpose } = facts;
  switch (standing.status) {
    case "none":
      return { refusal: explainMismatch(facts) ?? explainMissing(purpose.key) };
    case "requested":
    case "refused": {
      const { status, since } = standing;
      const message = { key: `refusal.consent-missing.${status}`, values: { since } } as const;
      return { refusal: { reason: "consent-missing", since, message } };
    }
    case "expired":
    case "withdrawn":
      return { refusal: explainEnded(`consent-${standing.status}`, standing.since) };
    case "invalidated":
      return { refusal: explainInvalidated(standing.since) };
    case "granted": {
      const best = findBestGrant(facts, "refuse");
      if (best !== null) return toElementFault(best.lacks);
      const [latest] = standing.grants;
      const asking = findEarlyAsking(latest, facts);
      if (asking !== null) {
        const refusal = explainEnded("consent-withdrawn", asking.since);
        return { refusal, by: asking.applied };
      }
      const end = findLegalEnd(latest, facts);
      const refusal = explainEnded("consent-expired", end?.since ?? standing.since);
      return { refusal, ...(end && { by: end.applied }) };
    }
  }
}

const explainMissing = (purpose: string): UnmarkedReason => ({
  reason: "consent-missing",
  message: { key: "refusal.consent-missing", values: { purpose } },
});

const explainEnded = (
  reason: "consent-expired" | "consent-withdrawn",
  since: Date,
): UnmarkedReason => ({
  reason,
  since,
  message: { key: `refusal.${reason}`, values: { since } },
});

const explainInvalidated = (since: Date): UnmarkedReason => ({
  reason: "consent-insufficient",
  missing: ["form"],
  since,
  message: { key: "refusal.consent-insufficient.invalid", values: { since } },
});

/** Explains how the nearest consent differs from what this call needs; null if there is none. */
function explainMismatch({ consents, question, at }: PreparedFacts): UnmarkedReason | null {
  const missing = findNearestMismatch(consents, question, at);
  if (missing === null || !isNonEmpty(missing)) return null;
  return {
    reason: "consent-insufficient",
    missing,
    message: { key: "refusal.consent-insufficient.elsewhere", values: { element: missing[0] } },
  };
}

/** Converts missing elements to a reason; null if nothing is missing. */
function toElementFault(lacks: readonly Demand[]): ConsentFault | null {
  if (!isNonEmpty(lacks)) return null;
  const missing = [...new Set(lacks.map(({ element }) => element))];
  const [{ element }] = lacks;
  const by = lacks.find(({ applied }) => applied !== null)?.applied;
  return {
    ...(by && { by }),
    refusal: {
      reason: "consent-insufficient",
      missing,
      message: {
        key: "refusal.consent-insufficient",
        values: { element, others: missing.length - 1 },
      },
    },
  };
}

/** Says if a call needs consent. `by` is the rule that decides it; null if only the seller's policy does. */
type ConsentModel =
  | { needsConsent: true; by: AppliedRule | null }
  /** `by` permits the call without consent. `warnings` are rules that ask for consent but only warn. */
  | { needsConsent: false; by: AppliedRule; warnings: readonly AppliedRule[] };

/**
 * Decides if a call needs consent. It does unless the seller relaxed its policy, every place of the call has
 * a rule that permits calls without consent, and no mandatory rule says otherwise.
 */
function findConsentModel(facts: PreparedFacts): ConsentModel {
  const models = filterRules(facts, "consent_model");
  const permitting = models.filter(isOptOut);
  const demands: AppliedRule[] = [
    ...models.filter((applied) => !isOptOut(applied)),
    ...filterRules(facts, "line_type"),
  ];

  const by = demands.find(({ effect }) => effect === "refuse") ?? null;
  if (by !== null || facts.seller.consentPolicy === "opt_in") return { needsConsent: true, by };

  const [permit] = permitting;
  const isPermitted = (place: string) =>
    permitting.some(({ rule }) => listLineage(facts.law, place).includes(rule.jurisdiction));
  if (permit === undefined || !listInnermostJurisdictions(facts).every(isPermitted)) {
    return { needsConsent: true, by: null };
  }
  return { needsConsent: false, by: permit, warnings: demands };
}

const isOptOut = ({ rule }: AppliedRule<RuleOfType<"consent_model">>) =>
  rule.value.model === "opt_out_with_registry";

/** Lists the jurisdictions of a call, without those that contain another of them. */
const listInnermostJurisdictions = ({ law, jurisdictions }: PreparedFacts) =>
  jurisdictions.filter(
    (place) =>
      !jurisdictions.some((other) => other !== place && listLineage(law, other).includes(place)),
  );
