import { z } from "zod";
import type { JurisdictionId } from "../../people/jurisdiction/index.ts";
import { storableText } from "../../platform/text/index.ts";
import type { CheckResult } from "./check-form.ts";
import { CheckId } from "./check-id.ts";
import type { Severity } from "./check-book.ts";

/** What an officer found where software could not tell. */
export const CheckAnswer = z.strictObject({
  check: CheckId,
  /** Whether the form is as the check asks. */
  holds: z.boolean(),
  note: storableText(1_000).refine((note) => note !== ""),
});
export type CheckAnswer = z.infer<typeof CheckAnswer>;

/** What of the checks stands between a form and its use in one place. */
export type PlaceSummary = {
  jurisdiction: JurisdictionId;
  mayPublish: boolean;
  /** Failed, by the check or by the answer of a person. */
  blockedBy: readonly CheckId[];
  /** Unanswered; failing them would block. */
  openQuestions: readonly CheckId[];
  warnings: readonly CheckId[];
};

/** The checks of a form, and what was answered: all that a page needs to tell of them. */
export type FormReport = {
  results: readonly CheckResult[];
  jurisdictions: readonly JurisdictionId[];
  answers: readonly CheckAnswer[];
};

export type ChecksSummary = {
  places: readonly PlaceSummary[];
  /** All that a person has yet to answer, those too that would only warn. */
  questions: readonly CheckId[];
};

/** For which places a form may be published. An answer counts only where the check could not tell. */
export function summarizeChecks({ results, jurisdictions, answers }: FormReport): ChecksSummary {
  const settled = results.map((result) => ({ ...result, outcome: settle(result, answers) }));
  const where = (id: JurisdictionId, outcome: Outcome, severity: Severity) =>
    settled
      .filter((it) => it.outcome === outcome && it.severities[id] === severity)
      .map(({ check }) => check);
  return {
    places: jurisdictions.map((jurisdiction) => {
      const blockedBy = where(jurisdiction, "fails", "block");
      const openQuestions = where(jurisdiction, "open", "block");
      return {
        jurisdiction,
        mayPublish: blockedBy.length + openQuestions.length === 0,
        blockedBy,
        openQuestions,
        warnings: where(jurisdiction, "fails", "warn"),
      };
    }),
    questions: settled.filter(({ outcome }) => outcome === "open").map(({ check }) => check),
  };
}

type Outcome = "holds" | "fails" | "open";

function settle({ check, finding }: CheckResult, answers: readonly CheckAnswer[]): Outcome {
  switch (finding.result) {
    case "pass":
    case "not-applicable":
      return "holds";
    case "fail":
      return "fails";
    case "cannot-tell": {
      const answer = answers.findLast((it) => it.check === check);
      if (answer === undefined) return "open";
      return answer.holds ? "holds" : "fails";
    }
  }
}
