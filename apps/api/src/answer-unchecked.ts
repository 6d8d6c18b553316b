import { answerErrors } from "./answer-errors.ts";
import { problems } from "./openapi/document-problems.ts";
import { CannotCheck } from "./problem.ts";

/**
 * Answers a screening that failed. No verdict means refuse, for a client that reads the status and
 * for one that reads the verdict.
 */
export const cannotCheckHandler = answerErrors({
  bug: "cannot-check",
  beside: (inWords): Pick<CannotCheck, "verdict" | "refusals"> => ({
    verdict: "refuse",
    refusals: [{ reason: "cannot-check", sentence: inWords({ key: "refusal.cannot-check" }) }],
  }),
});

/** Documents the same answer for routes that screen. */
export const unchecked = problems(["cannot-check"], CannotCheck);
