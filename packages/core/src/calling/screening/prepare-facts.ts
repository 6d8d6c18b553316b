import {
  type ConsentEvent,
  type ConsentQuestion,
  type Standing,
  coversQuestion,
  doesLawCountEnquiries,
  isEnquiry,
  isHeldByOptOut,
  isRefusal,
  findBlockingOptOuts,
  listCountedEvents,
  determineStanding,
} from "../../consents/consent/index.ts";
import type { CallFacts, RuleOfType } from "../../people/jurisdiction/index.ts";
import { type OptOut, coversCall } from "../../do-not-call/opt-out/index.ts";
import type { ScreeningFacts } from "./facts.ts";
import type { Effect } from "./reason.ts";
import { type AppliedRule, toCallFacts, findAppliedRules, filterRules } from "./applied-rules.ts";
import { type Reassigned, mayBeOfPreviousOwner, summarizeAnswers } from "./reassigned.ts";
import { type RegistryDemand, listRegistryDemands } from "./registry-demand.ts";
import { isKnownOptOut, toConsentQuestion } from "./relationship.ts";
import { addPeriod } from "../../platform/time/index.ts";

/** The facts, with what several checks derive from them, by one law (`law`). */
export type PreparedFacts = ScreeningFacts & {
  /** Facts about the call in the terms of the rules. */
  callFacts: CallFacts;
  rules: readonly AppliedRule[];
  /** The registries that the call must be checked against. */
  demands: readonly RegistryDemand[];
  question: ConsentQuestion;
  /** Times of the opt-outs, refusals and withdrawals that cover this call, latest first, whatever came later. */
  refusedAt: readonly Date[];
  /** The opt-outs that block this call: those that no consent lifts. */
  blockingOptOuts: readonly OptOut[];
  /**
   * The consent events that count: without consents that an opt-out holds back, and enquiries that the law does not
   * count.
   */
  consents: readonly ConsentEvent[];
  standing: Standing;
  /**
   * The consents in force, latest first: not ended by their own terms or by law, and not asked for too soon after a
   * refusal. Those of a previous owner of the number are left out if there are others.
   */
  grants: readonly ConsentEvent[];
  reassignment: Reassigned;
};

/**
 * Prepares facts for the checks. The last result is cached, because the verdict and what it rests on are computed
 * one after the other from the same facts, which never change. There is only one entry, because each entry of a
 * WeakMap is work for the garbage collector.
 */
export function prepareFacts(facts: ScreeningFacts): PreparedFacts {
  if (last?.facts !== facts) last = { facts, prepared: prepare(facts) };
  return last.prepared;
}

let last: { facts: ScreeningFacts; prepared: PreparedFacts } | null = null;

function prepare(facts: ScreeningFacts): PreparedFacts {
  const callFacts = toCallFacts(facts);
  const rules = findAppliedRules(facts, callFacts);
  const demands = listRegistryDemands({ ...facts, rules });
  const question = toConsentQuestion(facts);
  const reassignment = summarizeAnswers(facts.reassigned, facts.at);
  const refusedAt = findRefusedAt(facts, question);
  const judgeConsents = (consents: readonly ConsentEvent[]) => {
    const standing = determineStanding(consents, question, facts.at);
    const grants = listGrantsInForce(standing, { rules, at: facts.at, refusedAt });
    const ofOwner = grants.filter((grant) => !mayBeOfPreviousOwner(reassignment, grant));
    return { consents, standing, grants: ofOwner.length > 0 ? ofOwner : grants };
  };

  const refusing = rules.filter(({ effect }) => effect === "refuse").map(({ rule }) => rule);
  const consents = listCountedEvents(facts.consents, doesLawCountEnquiries(facts, refusing));
  const all = judgeConsents(consents);
  const blockingOptOuts = findBlockingOptOuts(
    facts.optOuts.filter(isKnownOptOut(facts)),
    question,
    all.grants,
  );
  const isFree = (event: ConsentEvent) => !isHeldByOptOut(event, blockingOptOuts);
  const unblocked = blockingOptOuts.length === 0 ? all : judgeConsents(consents.filter(isFree));
  return {
    ...facts,
    callFacts,
    rules,
    demands,
    question,
    reassignment,
    blockingOptOuts,
    refusedAt,
    ...unblocked,
  };
}

/** Lists when the person refused or withdrew what the call needs, latest first, whatever they consented to later. */
const findRefusedAt = (facts: ScreeningFacts, question: ConsentQuestion): Date[] =>
  [
    ...facts.consents
      .filter(
        (event) => event.at <= facts.at && isRefusal(event) && coversQuestion(event, question),
      )
      .map(({ at }) => at),
    ...facts.optOuts
      .filter((optOut) => isKnownOptOut(facts)(optOut) && coversCall(optOut, question))
      .map(({ at }) => at),
  ].toSorted((a, b) => b.getTime() - a.getTime());

const listGrantsInForce = (standing: Standing, facts: ConsentLawFacts) =>
  standing.status === "granted"
    ? standing.grants.filter(
        (grant) => findLegalEnd(grant, facts) === null && findEarlyAsking(grant, facts) === null,
      )
    : [];

type ConsentLawFacts = Pick<PreparedFacts, "rules" | "at" | "refusedAt">;

/**
 * Finds the rule of an effect by which a consent has expired, and since when; null if none has ended it.
 */
export function findLegalEnd(
  grant: ConsentEvent,
  facts: { rules: readonly AppliedRule[]; at: Date },
  effect: Effect = "refuse",
): { applied: AppliedRule<RuleOfType<"consent_expiry">>; since: Date } | null {
  for (const applied of filterRules(facts, "consent_expiry")) {
    const { if: condition, promotional_via_enquiry: answerTime, ...value } = applied.rule.value;
    const duration = value.duration ?? (isEnquiry(grant) ? answerTime : undefined);
    if (duration === undefined || applied.effect !== effect) continue;
    if (condition === "no_period_stated" && grant.validUntil !== null) continue;
    const since = addPeriod(grant.at, duration);
    if (since <= facts.at) return { applied, since };
  }
  return null;
}

/**
 * Finds the rule of an effect by which a consent does not count, because the person had refused so lately that
 * they could not be asked again, and when they had refused; null if there is none.
 */
export function findEarlyAsking(
  grant: ConsentEvent,
  facts: ConsentLawFacts,
  effect: Effect = "refuse",
): { applied: AppliedRule<RuleOfType<"consent_expiry">>; since: Date } | null {
  if (facts.refusedAt.length === 0) return null;
  for (const applied of filterRules(facts, "consent_expiry")) {
    const { reask_after_optout: period } = applied.rule.value;
    if (period === undefined || applied.effect !== effect) continue;
    const since = facts.refusedAt.find(
      (refusal) => refusal < grant.at && grant.at < addPeriod(refusal, period),
    );
    if (since !== undefined) return { applied, since };
  }
  return null;
}
