import { type Demand, bestGrant } from "./best-grant.ts";
import { type Finding, type UnmarkedReason, finds, findsByPolicy } from "./reason.ts";
import { type PreparedFacts, outlivedBy } from "./prepare-facts.ts";
import { findNearestMismatch } from "../../consents/consent/index.ts";
import { isNonEmpty } from "../../platform/non-empty.ts";
import { type Judging, rulesAbout } from "./judging-rules.ts";
import { type RuleOfType, listLineage } from "../../people/jurisdiction/index.ts";

/** Refuses a call to anyone who did not agree or who withdrew. Gives at most one reason. */
export function checkConsent(facts: PreparedFacts): Finding[] {
  const fault = consentFault(facts);
  if (fault === null) return lesserFaults(facts);

  const model = consentModel(facts);
  // Nobody who said no is called, even if the law would allow it.
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

const relaxed = (refusal: UnmarkedReason): UnmarkedReason => ({
  ...refusal,
  message: { key: "refusal.consent-missing.relaxed" },
});

/** Warns if a consent that satisfies the mandatory rules lacks what warning rules ask for. */
function lesserFaults(facts: PreparedFacts): Finding[] {
  const want = insufficient(bestGrant(facts, "warn")?.lacks ?? []);
  return want?.by ? [finds(want.by, want.refusal)] : [];
}

/** Reason why no consent is good enough. `by`: the rule that requires more, if there is one. */
type ConsentFault = { refusal: UnmarkedReason; by?: Judging };

/** Finds what is wrong with the consent; null if it is good (contract 3). */
function consentFault(facts: PreparedFacts): ConsentFault | null {
  const { standing, purpose } = facts;
  switch (standing.status) {
    case "none":
      return { refusal: elsewhere(facts) ?? missing(purpose.key) };
    case "requested":
    case "refused": {
      const { status, since } = standing;
      const message = { key: `refusal.consent-missing.${status}`, values: { since } } as const;
      return { refusal: { reason: "consent-missing", since, message } };
    }
    case "expired":
    case "withdrawn":
      return { refusal: ended(`consent-${standing.status}`, standing.since) };
    case "invalidated":
      return { refusal: invalidated(standing.since) };
    case "granted": {
      const best = bestGrant(facts, "refuse");
      if (best !== null) return insufficient(best.lacks);
      const end = outlivedBy(standing.grants[0], facts);
      const refusal = ended("consent-expired", end?.since ?? standing.since);
      return { refusal, ...(end && { by: end.judging }) };
    }
  }
}

const missing = (purpose: string): UnmarkedReason => ({
  reason: "consent-missing",
  message: { key: "refusal.consent-missing", values: { purpose } },
});

const ended = (reason: "consent-expired" | "consent-withdrawn", since: Date): UnmarkedReason => ({
  reason,
  since,
  message: { key: `refusal.${reason}`, values: { since } },
});

const invalidated = (since: Date): UnmarkedReason => ({
  reason: "consent-insufficient",
  missing: ["form"],
  since,
  message: { key: "refusal.consent-insufficient.invalid", values: { since } },
});

/** Explains how the nearest consent misses this call; null if there is none. */
function elsewhere({ consents, question, at }: PreparedFacts): UnmarkedReason | null {
  const missing = findNearestMismatch(consents, question, at);
  if (missing === null || !isNonEmpty(missing)) return null;
  return {
    reason: "consent-insufficient",
    missing,
    message: { key: "refusal.consent-insufficient.elsewhere", values: { element: missing[0] } },
  };
}

/** Converts missing elements to a reason; null if nothing is missing. */
function insufficient(lacks: readonly Demand[]): ConsentFault | null {
  if (!isNonEmpty(lacks)) return null;
  const missing = [...new Set(lacks.map(({ element }) => element))];
  const [{ element }] = lacks;
  const by = lacks.find(({ judging }) => judging !== null)?.judging;
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
  | { needsConsent: true; by: Judging | null }
  /** `by` permits the call without consent. `warnings` are rules that ask for consent but only warn. */
  | { needsConsent: false; by: Judging; warnings: readonly Judging[] };

/**
 * Decides if a call needs consent. It does unless the seller relaxed its policy, every place of the call has
 * a rule that permits calls without consent, and no mandatory rule says otherwise.
 */
function consentModel(facts: PreparedFacts): ConsentModel {
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
  if (given === undefined || !listInnermostJurisdictions(facts).every(isGiven)) {
    return { needsConsent: true, by: null };
  }
  return { needsConsent: false, by: given, warnings: demands };
}

const isOptOut = ({ rule }: Judging<RuleOfType<"consent_model">>) =>
  rule.value.model === "opt_out_with_registry";

/** Lists the jurisdictions of a call, without those that contain another of them. */
const listInnermostJurisdictions = ({ jurisdictions }: PreparedFacts) =>
  jurisdictions.filter(
    (place) =>
      !jurisdictions.some((other) => other !== place && listLineage(other).includes(place)),
  );
