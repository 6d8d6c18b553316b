import { type Cap, type RuleOfType, toCap } from "../../people/jurisdiction/index.ts";
import { DAY_MS } from "../../platform/time/index.ts";
import { type Finding, type UnmarkedReason, createFinding, createPolicyFinding } from "./reason.ts";
import { type AppliedRule, filterRules } from "./applied-rules.ts";
import { type ScreeningFacts, listViews } from "./facts.ts";
import { type PreparedFacts, prepareFacts } from "./prepare-facts.ts";

/**
 * Refuses a call beyond the most that a person may get in a time span, by rules and by the campaign. All calls of the
 * organization count, to all phones of the person, of every seller and campaign. Call logs come late, so permits count
 * too: one that was not verified until it ends, because it may still become a call; a verified one like a call.
 */
export const checkCap = (facts: PreparedFacts): Finding[] => [
  ...filterRules(facts, "frequency_cap").flatMap((applied) => checkRule(applied, facts)),
  ...checkCampaign(facts),
];

function checkRule(
  applied: AppliedRule<RuleOfType<"frequency_cap">>,
  facts: PreparedFacts,
): Finding[] {
  const refusal = findCapRefusal(toCap(applied.rule), facts);
  return refusal === null ? [] : [createFinding(applied, refusal)];
}

/** Applies the campaign's own cap, which counts calls of every campaign. */
function checkCampaign(facts: PreparedFacts): Finding[] {
  if (facts.campaign === null) return [];
  const { calls: max, days } = facts.campaign.cap;
  const countsUntil = (call: Date) => new Date(call.getTime() + days * DAY_MS);
  const refusal = findCapRefusal({ max, days, countsUntil }, facts);
  return refusal === null ? [] : [createPolicyFinding("campaign.cap", refusal)];
}

/**
 * True if a cap applies to the call, of any law that judges it or of a campaign. Two permits given at the same time may
 * then be one too many, so its screening must be recorded by `record_under_caps`.
 */
export function isCapped(facts: ScreeningFacts): boolean {
  return (
    facts.campaign !== null ||
    listViews(facts).some((view) => filterRules(prepareFacts(view), "frequency_cap").length > 0)
  );
}

function findCapRefusal(
  { max, days, countsUntil }: Cap,
  { calls, permits, at, zones }: PreparedFacts,
): UnmarkedReason | null {
  const placed = [...calls, ...permits.flatMap((permit) => (permit.until ? [] : permit.at))];
  const ends = placed
    // Time zones shift a span by at most a day, so calls far outside it need no closer look.
    .filter((call) => call <= at && at.getTime() - call.getTime() < (days + 2) * DAY_MS)
    .map((call) => countsUntil(call, zones));
  const untils = [...ends, ...permits.flatMap(({ until }) => until ?? [])]
    .filter((until) => until > at)
    .toSorted((a, b) => b.getTime() - a.getTime());

  // The call that must leave the span before another may be placed.
  const until = untils[max - 1];
  if (until === undefined) return null;
  return {
    reason: "frequency-cap",
    until,
    // A law may count hours; the sentence knows days only, and its end is exact.
    message: {
      key: "refusal.frequency-cap",
      values: { limit: max, days: Math.ceil(days), until },
    },
  };
}
