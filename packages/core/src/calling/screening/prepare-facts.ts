import {
  type ConsentEvent,
  type ConsentQuestion,
  type Standing,
  isHeldByOptOut,
  findBlockingOptOuts,
  determineStanding,
} from "../../consents/consent/index.ts";
import {
  type CallFacts,
  type RuleOfType,
  requiredChannel,
} from "../../people/jurisdiction/index.ts";
import type { OptOut } from "../../do-not-call/opt-out/index.ts";
import type { ScreeningFacts } from "./facts.ts";
import { type Judging, toCallFacts, findJudgingRules, filterRules } from "./judging-rules.ts";
import { type Reassigned, mayBeOfPreviousOwner, summarizeAnswers } from "./reassigned.ts";
import { type RegistryDemand, listRegistryDemands } from "./registry-demand.ts";
import { addPeriod } from "../../platform/time/index.ts";

/** The facts, with what several checks derive from them. */
export type PreparedFacts = ScreeningFacts & {
  /** Facts about the call in the terms of the rules. */
  callFacts: CallFacts;
  rules: readonly Judging[];
  /** The registries that the call must be checked against. */
  demands: readonly RegistryDemand[];
  question: ConsentQuestion;
  /** The opt-outs that block this call. */
  against: readonly OptOut[];
  /** The consents that no opt-out blocks. Blocked ones change nothing. */
  consents: readonly ConsentEvent[];
  standing: Standing;
  /**
   * The consents in force, latest first: not ended by their own terms or by law. Those of a previous owner of the
   * number are left out if there are others.
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
  const rules = findJudgingRules(facts, callFacts);
  const demands = listRegistryDemands({ ...facts, rules });
  const question: ConsentQuestion = {
    sellerId: facts.seller.id,
    purpose: facts.purpose.key,
    channel: requiredChannel(facts.dialer),
  };
  const reassignment = summarizeAnswers(facts.reassigned, facts.at);
  const judgeConsents = (consents: readonly ConsentEvent[]) => {
    const standing = determineStanding(consents, question, facts.at);
    const grants = listGrantsInForce(standing, { rules, at: facts.at });
    const ofOwner = grants.filter((grant) => !mayBeOfPreviousOwner(reassignment, grant));
    return { consents, standing, grants: ofOwner.length > 0 ? ofOwner : grants };
  };

  const all = judgeConsents(facts.consents);
  const against = findBlockingOptOuts(
    facts.optOuts.filter(isKnownOptOut(facts)),
    question,
    all.grants,
  );
  const isFree = (event: ConsentEvent) => !isHeldByOptOut(event, against);
  const unblocked = against.length === 0 ? all : judgeConsents(facts.consents.filter(isFree));
  return { ...facts, callFacts, rules, demands, question, reassignment, against, ...unblocked };
}

/**
 * Creates a filter for the opt-outs that count: all on record, whatever their time. In a what-if, those that were
 * made and recorded later do not count.
 */
export const isKnownOptOut =
  ({ isWhatIf, at }: ScreeningFacts) =>
  (optOut: OptOut) =>
    wasKnownAt(isWhatIf, at.getTime(), optOut.at.getTime(), optOut.recordedAt.getTime());

/** Does the same with epoch milliseconds: of the call, and of when the opt-out was made and recorded. */
export const wasKnownAt = (isWhatIf: boolean, instant: number, at: number, recordedAt: number) =>
  !isWhatIf || at <= instant || recordedAt <= instant;

const listGrantsInForce = (standing: Standing, when: { rules: readonly Judging[]; at: Date }) =>
  standing.status === "granted"
    ? standing.grants.filter((grant) => findLegalEnd(grant, when) === null)
    : [];

/** Finds the rule by which a consent has expired, and since when; null if none has ended it. */
export function findLegalEnd(
  grant: ConsentEvent,
  facts: { rules: readonly Judging[]; at: Date },
): { judging: Judging<RuleOfType<"consent_expiry">>; since: Date } | null {
  for (const judging of filterRules(facts, "consent_expiry")) {
    const { duration, if: condition } = judging.rule.value;
    if (duration === undefined || judging.effect !== "refuse") continue;
    if (condition === "no_period_stated" && grant.validUntil !== null) continue;
    const since = addPeriod(grant.at, duration, 1);
    if (since <= facts.at) return { judging, since };
  }
  return null;
}
