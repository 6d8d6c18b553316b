import { type Finding, type Reason, refuses, warns } from "./reason.ts";
import { type OptOut, coversCall } from "../../do-not-call/opt-out/index.ts";
import { type PreparedFacts, counts } from "./prepare-facts.ts";

/**
 * A refusal that is on record counts, whatever time it bears: no clock that is slow, and no date
 * that was mistyped, may turn it into a call. In a what-if, one that was made since is told.
 */
export function checkOptOut(facts: PreparedFacts): Finding[] {
  const { optOuts, question, isWhatIf, against } = facts;
  const madeSince = isWhatIf
    ? optOuts.filter((optOut) => !counts(facts)(optOut) && coversCall(optOut, question))
    : [];
  return [
    ...firstOfEach(against).map((optOut) => refuses(told(optOut, "refusal.opted-out"))),
    ...firstOfEach(madeSince).map((optOut) => warns(told(optOut, "refusal.opted-out.since"))),
  ];
}

/** Who says it twice is told once: since when. */
function firstOfEach(optOuts: readonly OptOut[]): OptOut[] {
  const earliestLast = optOuts.toSorted((a, b) => b.at.getTime() - a.at.getTime());
  return [...new Map(earliestLast.map((optOut) => [targetOf(optOut), optOut])).values()];
}

const targetOf = (optOut: OptOut) =>
  optOut.scope === "purpose" ? `purpose ${optOut.purpose}` : optOut.scope;

const told = (optOut: OptOut, key: Reason["message"]["key"]): Reason => ({
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
