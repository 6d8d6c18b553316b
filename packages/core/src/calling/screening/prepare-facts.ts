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
import { type Judging, toCallFacts, judgingRules, rulesAbout } from "./judging-rules.ts";
import { type Reassigned, isOfAnother, reassignedAt } from "./reassigned.ts";
import { type RegistryDemand, listRegistryDemands } from "./registry-demand.ts";
import { addPeriod } from "../../platform/time/index.ts";

/** The facts, and what more than one check needs of them. */
export type PreparedFacts = ScreeningFacts & {
  /** Facts about the call in the terms of the rules. */
  callFacts: CallFacts;
  rules: readonly Judging[];
  /** The registries that the call must be checked against. */
  demands: readonly RegistryDemand[];
  question: ConsentQuestion;
  /** The refusals that stand against this call. */
  against: readonly OptOut[];
  /** Without those that a refusal holds: they change nothing. */
  consents: readonly ConsentEvent[];
  standing: Standing;
  /**
   * The consents in force, the latest first: neither ended by themselves nor outlived by the law, nor, if
   * there are others, given by who had the number before.
   */
  grants: readonly ConsentEvent[];
  reassignment: Reassigned;
};

/**
 * Once for the verdict and for what it rests on, which are asked for one after the other; facts never
 * change. The last are kept and no others: each entry of a WeakMap is work for the garbage collector.
 */
export function prepareFacts(facts: ScreeningFacts): PreparedFacts {
  if (last?.facts !== facts) last = { facts, prepared: prepare(facts) };
  return last.prepared;
}

let last: { facts: ScreeningFacts; prepared: PreparedFacts } | null = null;

function prepare(facts: ScreeningFacts): PreparedFacts {
  const callFacts = toCallFacts(facts);
  const rules = judgingRules(facts, callFacts);
  const demands = listRegistryDemands({ ...facts, rules });
  const question: ConsentQuestion = {
    sellerId: facts.seller.id,
    purpose: facts.purpose.key,
    channel: requiredChannel(facts.dialer),
  };
  const reassignment = reassignedAt(facts.reassigned, facts.at);
  const stand = (consents: readonly ConsentEvent[]) => {
    const standing = determineStanding(consents, question, facts.at);
    const grants = inForce(standing, { rules, at: facts.at });
    const theirs = grants.filter((grant) => !isOfAnother(reassignment, grant));
    return { consents, standing, grants: theirs.length > 0 ? theirs : grants };
  };

  const all = stand(facts.consents);
  const against = findBlockingOptOuts(facts.optOuts.filter(counts(facts)), question, all.grants);
  const isFree = (event: ConsentEvent) => !isHeldByOptOut(event, against);
  const heard = against.length === 0 ? all : stand(facts.consents.filter(isFree));
  return { ...facts, callFacts, rules, demands, question, reassignment, against, ...heard };
}

/** A refusal on record counts, whatever time stands in it; in a what-if, unless it was made since. */
export const counts =
  ({ isWhatIf, at }: ScreeningFacts) =>
  (optOut: OptOut) =>
    wasKnown(isWhatIf, at.getTime(), optOut.at.getTime(), optOut.recordedAt.getTime());

/** The same by epoch milliseconds: the instant of the call, and when a refusal was made and recorded. */
export const wasKnown = (isWhatIf: boolean, instant: number, at: number, recordedAt: number) =>
  !isWhatIf || at <= instant || recordedAt <= instant;

const inForce = (standing: Standing, when: { rules: readonly Judging[]; at: Date }) =>
  standing.status === "granted"
    ? standing.grants.filter((grant) => outlivedBy(grant, when) === null)
    : [];

/** The rule that ended a consent by an instant, and since when; null while it lasts. */
export function outlivedBy(
  grant: ConsentEvent,
  facts: { rules: readonly Judging[]; at: Date },
): { judging: Judging<RuleOfType<"consent_expiry">>; since: Date } | null {
  for (const judging of rulesAbout(facts, "consent_expiry")) {
    const { duration, if: condition } = judging.rule.value;
    if (duration === undefined || judging.effect !== "refuse") continue;
    if (condition === "no_period_stated" && grant.validUntil !== null) continue;
    const since = addPeriod(grant.at, duration, 1);
    if (since <= facts.at) return { judging, since };
  }
  return null;
}
