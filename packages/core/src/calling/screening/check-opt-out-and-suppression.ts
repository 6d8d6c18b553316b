import { type Finding, type Reason, createRefusal, createWarning } from "./reason.ts";
import { type OptOut, coversCall } from "../../do-not-call/opt-out/index.ts";
import type { PreparedFacts } from "./prepare-facts.ts";
import { isKnownOptOut } from "./relationship.ts";
import { isInForceAt } from "../../do-not-call/suppression/index.ts";
import type { ScreeningFacts } from "./facts.ts";

/**
 * Refuses a call if an opt-out is on record that no consent lifts, whatever its date: a slow clock or a mistyped
 * date must never lead to a call. In a what-if, an opt-out that was made and recorded later only warns.
 */
export function checkOptOut(facts: PreparedFacts): Finding[] {
  const { optOuts, question, isWhatIf, blockingOptOuts } = facts;
  const madeSince = isWhatIf
    ? optOuts.filter((optOut) => !isKnownOptOut(facts)(optOut) && coversCall(optOut, question))
    : [];
  return [
    ...firstOfEach(blockingOptOuts).map((optOut) =>
      createRefusal(toReason(optOut, "refusal.opted-out")),
    ),
    ...firstOfEach(madeSince).map((optOut) =>
      createWarning(toReason(optOut, "refusal.opted-out.since")),
    ),
  ];
}

/** Keeps the earliest opt-out of each scope, and for purposes of each purpose, so that a repeat is reported once. */
function firstOfEach(optOuts: readonly OptOut[]): OptOut[] {
  const earliestLast = optOuts.toSorted((a, b) => b.at.getTime() - a.at.getTime());
  return [...new Map(earliestLast.map((optOut) => [toTargetKey(optOut), optOut])).values()];
}

const toTargetKey = (optOut: OptOut) =>
  optOut.scope === "purpose" ? `purpose ${optOut.purpose}` : optOut.scope;

const toReason = (
  optOut: OptOut,
  key: "refusal.opted-out" | "refusal.opted-out.since",
): Reason => ({
  reason: "opted-out",
  since: optOut.at,
  message: {
    key,
    values: {
      since: optOut.at,
      scope: optOut.scope,
      purpose: optOut.scope === "purpose" ? optOut.purpose : "",
    },
  },
});

/**
 * Refuses a call while a suppression of any phone of the person is in force, with a reason for each. Restrictions are
 * for `checkRestriction`.
 */
export const checkSuppression = ({ suppressions, at }: ScreeningFacts): Finding[] =>
  suppressions
    .filter((one) => one.reason !== "restriction" && isInForceAt(one, at))
    .map(({ reason: why, at: since, until }) =>
      createRefusal({
        reason: "suppressed",
        since,
        ...(until && { until }),
        message: until
          ? { key: "refusal.suppressed.until", values: { why, until } }
          : { key: "refusal.suppressed", values: { why } },
      }),
    );

/**
 * Refuses a call to a person whose processing is restricted (GDPR art. 18; 152-FZ art. 21). It says no end, because
 * only an officer lifts it. It gives one reason, with the earliest beginning, however many phones of the person it is
 * recorded for.
 */
export function checkRestriction({ suppressions, at }: ScreeningFacts): Finding[] {
  const inForce = suppressions.filter(
    (one) => one.reason === "restriction" && isInForceAt(one, at),
  );
  const [first] = inForce.map((one) => one.at).toSorted((a, b) => a.getTime() - b.getTime());
  if (first === undefined) return [];
  return [
    createRefusal({
      reason: "processing-restricted",
      since: first,
      message: { key: "refusal.processing-restricted", values: { since: first } },
    }),
  ];
}
